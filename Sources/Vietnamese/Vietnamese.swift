/// Vietnamese text as offices write it: one form to compare by, one order to sort by, numbers and dates both ways.
///
/// Everything here takes Unicode; texts in TCVN3 or VNI have to be decoded before (`LegacyText`).
package enum Vietnamese {}
