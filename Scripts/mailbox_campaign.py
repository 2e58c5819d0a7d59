"""Further cases of the sample mailbox: the campaign from the mid-term stage to the end, all forms, and the mails that
people really send. `make-mailbox` adds them to its own."""

import datetime
import hashlib
import io
import json
import os
import random
import subprocess
import zipfile

import openpyxl

XLS = "application/vnd.ms-excel"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def add_cases(m):
    """- m: the module make-mailbox."""
    at, mail, case, XLSX, PDF, JPEG = m.at, m.mail, m.case, m.XLSX, m.PDF, m.JPEG
    day = datetime.date

    # ------------------------------------------------------------------------------------------ forms and people

    def who(unit):
        return [row for row in m.sheet("units", "don_vi") if row["ma"] == unit][-1]["ten_day_du"]

    def of(unit):
        return f"{unit}@canloc.example", who(unit)

    def labels(form):
        """A function from a question and its answer by name to what a clerk would type."""
        book = openpyxl.load_workbook(f"{m.ROOT}/Forms/{form}.xlsx")
        rows = book["survey"].iter_rows(values_only=True)
        head = [str(cell or "") for cell in next(rows)]
        kinds = {row[head.index("name")]: row[head.index("type")] for row in rows if row[head.index("name")]}
        choices = {(row[0], row[1]): row[2] for row in book["choices"].iter_rows(values_only=True, min_row=2)}
        hamlets = {row["ma"]: row["ten"] for row in m.sheet("units", "thon")}

        def typed(question, value):
            kind = (kinds[question] or "").split()
            if isinstance(value, str) and kind[0] == "select_one":
                return choices.get((kind[1], value), value)
            if isinstance(value, str) and kind[0] == "select_one_from_file":
                return m.label(value) if kind[1].startswith("don_vi") else hamlets.get(value, value)
            if isinstance(value, str) and kind[0] == "date":
                return datetime.date.fromisoformat(value)
            return "x" if kind[0] == "acknowledge" and value else value
        return typed

    def filled(form, unit, *, period=None, stage=None, changes=None, tables=None):
        """A form in order, as the tests' own good sample of it; answers by the names of choices."""
        with open(f"{m.ROOT}/Tests/IntakeTests/Fixtures/forms/{form}.json") as file:
            good = json.load(file)["good"]
        answers = {key: value for key, value in good.items() if key not in ("tables", "don_vi", "nam", "dot_khen")}
        rows = dict(good.get("tables", {}))
        answers.update(changes or {})
        rows.update(tables or {})
        typed = labels(form)
        blank = m.blank(form, unit, period=period, stage=stage) if period or stage else m.blank(form, unit, stage="tong_ket_2020")
        return m.fill(
            form, blank, {key: typed(key, value) for key, value in answers.items()},
            {name: [{key: typed(key, value) for key, value in row.items()} for row in table]
             for name, table in rows.items()})

    def papers(*codes):
        return [(f"{code} ban quet.pdf", PDF) for code in codes]

    def household(unit, stage, name="Nguyễn Văn Bình", hamlet=None, **changes):
        hamlet = hamlet or f"{unit}_tay"
        if stage == "so_ket_2018":
            changes = {"ngay_to_trinh": "2018-11-05", "tt_2019": None, "khau_2019": None, "tn_2019": None, **changes}
        return filled("dn_ho", unit, stage=stage, changes={"ten": name, "xa": unit, "thon": hamlet, **changes})

    HO = ("MC1", "MC2", "MC3", "MC4", "MC5", "MC6", "MC7")

    def zipped(*files, password=None):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files:
                archive.writestr(zipfile.ZipInfo(name, (2019, 12, 18, 8, 0, 0)), data)
        if password:
            path = f"{m.SCRATCH}/locked"
            os.makedirs(path, exist_ok=True)
            for name, data in files:
                with open(f"{path}/{name}", "wb") as file:
                    file.write(data)
            subprocess.run(["zip", "-q", "-P", password, "locked.zip"] + [name for name, _ in files], cwd=path, check=True)
            with open(f"{path}/locked.zip", "rb") as file:
                return file.read()
        return out.getvalue()

    def ended(*reports):
        """The closing figures of reports as `report` makes them."""
        sums = [0, 0, 0]
        for unit, year in reports:
            total, poor, near = m.closing(unit, year - 1)
            for index, value in enumerate((total + 10, poor - poor // 3 + 2, near - round(near * 0.15) + 8)):
                sums[index] += value
        return tuple(sums)

    def notice_of(raw):
        """The Message-ID of the answer to a ledger's first mail."""
        return f"<{hashlib.sha256(raw).hexdigest()[:32]}.1@canloc.example>"

    # ----------------------------------------------------------------------------------------- 2018, the mid-term

    @case("032-so-ket-ho")
    def _():
        return [mail("gmail", *of("thienloc"), "Hồ sơ hộ Nguyễn Văn Bình", at(2018, 11, 20), [
            ("De nghi ho Binh.xlsx", (XLSX, household("thienloc", "so_ket_2018")))] + papers(*HO))]

    @case("033-so-ket-thon")
    def _():
        data = filled("dn_thon", "vuongloc", stage="so_ket_2018", changes={
            "ten": "Thôn 1", "xa": "vuongloc", "thon": "vuongloc_t1", "ngay_to_trinh": "2018-11-12"},
            tables={"xep_loai_bang": [{"xl_nam": 2018, "xl_dang": "Hoàn thành tốt nhiệm vụ", "xl_doan_the": "Vững mạnh"}]})
        return [mail("outlook", *of("vuongloc"), "de nghi khen thon 1", at(2018, 11, 21, 10, 5),
                     [("dn_thon.xlsx", (XLSX, data))] + papers("MC1", "MC2"))]

    @case("034-so-ket-xa")
    def _():
        data = filled("dn_xa", "thienloc", stage="so_ket_2018")
        return [mail("zimbra", *of("thienloc"), "Hồ sơ xã Thiên Lộc", at(2018, 11, 22, 15, 0), [("Ho so xa.xlsx", (XLSX, data))])]

    @case("035-so-ket-ca-nhan")
    def _():
        data = filled("dn_ca_nhan", "quangloc", stage="so_ket_2018", changes={
            "noi_cong_tac": "UBND xã Quang Lộc", "ngay_to_trinh": "2018-11-01", "xl_2016": "htxs", "xl_2019": None,
            "xl_2020": None})
        return [mail("outlook", *of("quangloc"), "ho so ca nhan", at(2018, 11, 23), [
            ("Huong.xlsx", (XLSX, data))] + papers("MC1", "MC2", "MC3", "MC4"))]

    @case("036-so-ket-tap-the")
    def _():
        data = filled("dn_tap_the", "ldtbxh", stage="so_ket_2018", changes={"ngay_to_trinh": "2018-11-10"}, tables={
            "vb_bang": [{"vb_so": "215/LĐTBXH", "vb_ngay": "2018-03-05", "vb_han": "2018-03-10",
                         "vb_trich_yeu": "Hướng dẫn rà soát hộ nghèo cuối năm"}],
            "xep_loai_bang": [{"xl_nam": 2018, "xl_dang": "Trong sạch, vững mạnh", "xl_doan_the": "Vững mạnh"}]})
        # One mailbox of two units: the sheet says which.
        return [mail("thunderbird", "lien.ldtbxh@canloc.example", "Lê Thị Liên", "Hồ sơ của Phòng", at(2018, 11, 26), [
            ("Hồ sơ Phòng LĐTBXH.xlsx", (XLSX, data))] + papers("MC1", "MC2", "MC3"))]

    @case("037-so-ket-de-nghi-cap-tinh")
    def _():
        # The mid-term stage awards at the district's level alone.
        return [mail("gmail", *of("nghen"), "de nghi bang khen", at(2018, 11, 27), [
            ("ho so.xlsx", (XLSX, household("nghen", "so_ket_2018", "Phan Thị Lý", "nghen_kp1", hinh_thuc="bk_tinh")))])]

    @case("038-so-ket-ba-ho-so-nen-va-to-trinh")
    def _():
        first = household("sonloc", "so_ket_2018", "Trần Văn Sơn", "sonloc_thinh")
        second = household("sonloc", "so_ket_2018", "Lê Thị Vượng", "sonloc_vuong")
        third = filled("dn_thon", "sonloc", stage="so_ket_2018", changes={
            "ten": "Thôn An", "xa": "sonloc", "thon": "sonloc_an", "ngay_to_trinh": "2018-11-12"},
            tables={"xep_loai_bang": [{"xl_nam": 2018, "xl_dang": "Hoàn thành tốt nhiệm vụ", "xl_doan_the": "Vững mạnh"}]})
        letter = filled("to_trinh", "sonloc", stage="so_ket_2018", changes={
            "ngay_to_trinh": "2018-11-28", "ngay_hop": "2018-11-26"}, tables={"ds": [
                {"ds_ten": "Trần Văn Sơn", "ds_noi_dung": "iii_1", "ds_hinh_thuc": "gk_huyen"},
                {"ds_ten": "Lê Thị Vượng", "ds_noi_dung": "iii_1", "ds_hinh_thuc": "gk_huyen"}]})
        pack = zipped(("Ho Son.xlsx", first), ("Ho Vuong.xlsx", second), ("Thon An.xlsx", third), ("~$Ho Son.xlsx", b"x" * 165))
        return [mail("zimbra", *of("sonloc"), "3 ho so so ket", at(2018, 11, 28), [("ho so.zip", ("application/zip", pack))]),
                mail("zimbra", *of("sonloc"), "to trinh", at(2018, 11, 29), [
                    ("To trinh.xlsx", (XLSX, letter)), ("MC8 to trinh.pdf", PDF)])]

    @case("039-so-ket-da-dong")
    def _():
        return [mail("outlook", *of("myloc"), "ho so (gui muon)", at(2018, 12, 16, 8, 30), [
            ("ho so.xlsx", (XLSX, household("myloc", "so_ket_2018", "Đặng Văn Mỹ", "myloc_dinh")))])]

    @case("040-so-ket-thu-nhap-chua-gap-doi")
    def _():
        return [mail("gmail", *of("phuloc"), "ho so ho ngheo", at(2018, 12, 3), [
            ("ho so.xlsx", (XLSX, household("phuloc", "so_ket_2018", "Bùi Văn Lộc", "phuloc_ha", tn_2018=18.9)))] + papers(*HO))]

    # -------------------------------------------------------------------------------------------------- reports

    @case("041-bao-cao-phong")
    def _():
        data = filled("bao_cao_phong", "ldtbxh", period=2019)
        return [mail("outlook", *of("ldtbxh"), "Báo cáo năm 2019", at(2019, 12, 18), [
            ("BC LDTBXH.xlsx", (XLSX, data)), ("MC1 bao cao.pdf", PDF)])]

    @case("042-bao-cao-doan-the-hop-thu-chung")
    def _():
        data = filled("bao_cao_doan_the", "nongdan", period=2019)
        return [mail("gmail", "khoidoanthe@canloc.example", "Khối đoàn thể", "bc hoi nong dan", at(2019, 12, 18, 9, 30), [
            ("bc.xlsx", (XLSX, data))])]

    @case("043-bao-cao-va-danh-sach-ho")
    def _():
        # The list alone is in order; beside the report its rows are too few, in whatever order the two are attached.
        return [mail("outlook", *of("thienloc"), "danh sach ho", at(2019, 12, 17), [
            ("Danh sach ho.xlsx", (XLSX, filled("danh_sach_ho", "thienloc", period=2019)))]),
            mail("outlook", *of("thienloc"), "bao cao va danh sach", at(2019, 12, 18), [
                ("Danh sach ho.xlsx", (XLSX, filled("danh_sach_ho", "thienloc", period=2019, changes={"nguoi_lap": "Trần Thị Lê"}))),
                ("BC 2019.xlsx", (XLSX, m.report("thienloc", 2019)))])]

    @case("044-dang-ky-do-dau")
    def _():
        data = filled("dang_ky_do_dau", "hhdn", period=2019)
        return [mail("thunderbird", "lien.ldtbxh@canloc.example", "Lê Thị Liên", "Đăng ký đỡ đầu", at(2019, 2, 20), [
            ("Dang ky.xlsx", (XLSX, data)), ("MC1 ban dang ky.pdf", PDF)])]

    @case("045-ngay-thang-dao")
    def _():
        data = filled("dang_ky_do_dau", "hhdn", period=2019, changes={"ben_ten": "Hợp tác xã Phú Hải", "dk_ngay": "2019-03-02"})
        return [mail("outlook", *of("hhdn"), "dang ky do dau", at(2019, 2, 21), [("dk.xlsx", (XLSX, data))])]

    @case("046-dau-moi-theo-ten-mien")
    def _():
        data = filled("dau_moi", "phuloc", changes={"email_chinh": "phuloc@canloc.example", "email_lanh_dao": None})
        return [mail("gmail", "vanphong@phuloc.canloc.example", "Văn phòng", "dau moi xa Phu Loc", at(2020, 3, 10), [
            ("dau moi.xlsx", (XLSX, data))])]

    @case("047-danh-sach-ho-dong-ghi-do")
    def _():
        rows = [{"h_chu_ho": "Lê Văn Một", "h_thon": "nghen_kp1", "h_so_khau": 4, "h_dau": "ngheo", "h_cuoi": "can_ngheo",
                 "h_bien_dong": "thoat_ngheo"},
                {"h_chu_ho": "Lê Văn Hai"},
                {"h_chu_ho": "Lê Văn Một", "h_thon": "nghen_kp1", "h_so_khau": 4, "h_dau": "ngheo", "h_cuoi": "can_ngheo",
                 "h_bien_dong": "thoat_ngheo"}]
        data = filled("danh_sach_ho", "nghen", period=2019, tables={"ho": rows})
        return [mail("zimbra", *of("nghen"), "danh sach", at(2019, 12, 19), [("ds.xlsx", (XLSX, data))])]

    @case("048-moi-kieu-o-sai")
    def _():
        book = openpyxl.load_workbook(io.BytesIO(m.report("tungloc", 2019)))
        names = m.cell_names("bao_cao_xa")

        def put(question, value):
            sheet, cells = next(book.defined_names[names[question]].destinations)
            book[sheet][cells.replace("$", "").split(":")[0]].value = value
        put("tinh_chat", "Chính thức")
        put("nam", 2018)
        put("ngheo_thoat", "40 hộ")
        put("ngheo_btxh", 20.5)
        put("ngheo_ncc", "3")
        put("kp_giao", "500.000")
        put("kp_su_dung", "=1+")
        put("ho_dang_ky", "=SUM(1,2)")
        put("tt_luot", "#REF!")
        put("can_cu", "Quyết định " * 4000)
        out = io.BytesIO()
        book.save(out)
        return [mail("outlook", *of("tungloc"), "bao cao", at(2019, 12, 18), [("bc.xlsx", (XLSX, out.getvalue()))])]

    @case("049-bieu-nam-truoc")
    def _():
        return [mail("outlook", *of("giahanh"), "bc 2018", at(2018, 12, 19), [("BC.xlsx", (XLSX, m.report("giahanh", 2018)))]),
                # Last year's workbook with this year's figures.
                mail("outlook", *of("giahanh"), "bc 2019", at(2019, 12, 18), [
                    ("BC.xlsx", (XLSX, m.report("giahanh", 2018, changes={"so_bao_cao": "51/BC-UBND", "tt_so_cuoc": 30})))])]

    @case("050-bao-cao-nam-truoc-gui-muon")
    def _():
        return [mail("gmail", *of("trungloc"), "bc 2018 gui bo sung", at(2019, 6, 10), [
            ("BC 2018.xlsx", (XLSX, m.report("trungloc", 2018)))])]

    @case("051-sua-bao-cao-cu-theo-so")
    def _():
        return [mail("outlook", *of("thuongnga"), "bc 2018", at(2018, 12, 19), [("BC.xlsx", (XLSX, m.report("thuongnga", 2018)))]),
                mail("outlook", *of("thuongnga"), "Sửa BC-2018-0001", at(2019, 6, 3), [
                    ("BC.xlsx", (XLSX, m.report("thuongnga", 2018, changes={"tt_so_cuoc": 26})))])]

    # ------------------------------------------------------------------------------------- the merger of 2020

    @case("052-xa-moi-gui-bao-cao-xa-cu")
    def _():
        return [mail("outlook", *of("kimsongtruong"), "bao cao 2019 xa Song Loc cu", at(2020, 1, 6), [
            ("BC 2019 Song Loc.xlsx", (XLSX, m.report("songloc", 2019)))])]

    MERGED = ("khanhloc", "vinhloc", "yenloc")

    @case("053-ba-xa-cu-va-so-dau-nam-2020")
    def _():
        late = [(f"BC 2019 {unit}.xlsx", (XLSX, m.report(unit, 2019))) for unit in MERGED]
        opening = ended(*[(unit, 2019) for unit in MERGED])
        return [mail("zimbra", *of("khanhvinhyen"), "bao cao 2019 ba xa", at(2020, 1, 8), late),
                mail("zimbra", *of("khanhvinhyen"), "bao cao 2020", at(2020, 12, 15), [
                    ("BC 2020.xlsx", (XLSX, m.report("khanhvinhyen", 2020, opening=opening)))])]

    @case("054-so-dau-nam-khac-tong-xa-cu")
    def _():
        late = [(f"BC 2019 {unit}.xlsx", (XLSX, m.report(unit, 2019))) for unit in MERGED]
        total, poor, near = ended(*[(unit, 2019) for unit in MERGED])
        wrong = m.report("khanhvinhyen", 2020, opening=(total, poor + 4, near))
        right = m.report("khanhvinhyen", 2020, opening=(total, poor + 4, near), changes={
            "ly_do_dau_ky": "Bốn hộ của thôn giáp ranh chuyển về theo quyết định của huyện"})
        first = mail("outlook", *of("khanhvinhyen"), "bao cao 2020", at(2020, 12, 16), [("BC.xlsx", (XLSX, wrong))])
        return [mail("outlook", *of("khanhvinhyen"), "ba bao cao 2019", at(2020, 1, 9), late), first,
                mail("outlook", *of("khanhvinhyen"), "bao cao 2020 co giai thich", at(2020, 12, 17), [("BC.xlsx", (XLSX, right))])]

    @case("055-thi-tran-nghen-mo-rong")
    def _():
        opening = ended(("nghen", 2019), ("tienloc", 2019))
        return [mail("outlook", *of("nghen"), "bao cao 2019", at(2019, 12, 19), [("BC Nghen.xlsx", (XLSX, m.report("nghen", 2019)))]),
                # The mailbox of the old commune speaks for it until the end of March.
                mail("outlook", *of("tienloc"), "bao cao 2019", at(2020, 1, 3), [("BC Tien Loc.xlsx", (XLSX, m.report("tienloc", 2019)))]),
                mail("outlook", "tienloc@canloc.example", "UBND thị trấn Nghèn", "bao cao 2020", at(2020, 12, 18), [
                    ("BC Nghen 2020.xlsx", (XLSX, m.report("nghen", 2020, opening=opening)))])]

    @case("056-xa-cu-de-nghi-nam-2020")
    def _():
        return [mail("gmail", *of("kimloc"), "ho so khen thuong", at(2020, 2, 10), [
            ("ho so.xlsx", (XLSX, household("kimloc", "tong_ket_2020", "Nguyễn Thị Kim", "kimloc_mot", ngay_to_trinh="2020-02-05")))])]

    @case("057-xa-moi-ghi-nam-cu")
    def _():
        return [mail("outlook", *of("kimsongtruong"), "bao cao 2019", at(2020, 1, 10), [
            ("BC 2019.xlsx", (XLSX, m.report("kimsongtruong", 2019, opening=(5895, 384, 576))))])]

    @case("058-khong-phai-xa-cu-cua-minh")
    def _():
        return [mail("outlook", *of("kimsongtruong"), "bao cao 2019 Yen Loc", at(2020, 1, 10), [
            ("BC Yen Loc.xlsx", (XLSX, m.report("yenloc", 2019)))])]

    # --------------------------------------------------------------------------------------- 2020, the final stage

    @case("059-tong-ket-ho")
    def _():
        return [mail("outlook", *of("thienloc"), "Hồ sơ hộ", at(2020, 3, 10), [
            ("Ho Binh.xlsx", (XLSX, household("thienloc", "tong_ket_2020")))] + papers(*HO))]

    @case("060-tong-ket-ho-xls-dinh-kem-cu")
    def _():
        data = m.through_libreoffice(household("vuongloc", "tong_ket_2020", "Trần Văn Vượng", "vuongloc_t2", tn_2019=28.4), "xls")
        return [mail("outlook", *of("vuongloc"), "ho so ho Vuong", at(2020, 3, 11), [("Ho Vuong.xls", (XLS, data))] + papers(*HO))]

    @case("061-tong-ket-xa-moi")
    def _():
        data = filled("dn_xa", "kimsongtruong", stage="tong_ket_2020", changes={
            "ten": "Xã Kim Song Trường", "mh_thon": "Thôn Một", "ngay_to_trinh": "2020-03-02"}, tables={
            "xep_loai_bang": [{"xl_nam": 2019, "xl_dang": "Hoàn thành tốt nhiệm vụ", "xl_doan_the": "Vững mạnh"}]})
        late = [(f"BC 2019 {unit}.xlsx", (XLSX, m.report(unit, 2019))) for unit in ("kimloc", "songloc", "truongloc")]
        return [mail("outlook", *of("kimsongtruong"), "ho so xa", at(2020, 3, 4), [("Ho so xa.xlsx", (XLSX, data))]),
                mail("outlook", *of("kimsongtruong"), "bao cao 2019 ba xa cu", at(2020, 3, 5), late),
                mail("outlook", *of("kimsongtruong"), "ho so xa gui lai", at(2020, 3, 6), [
                    ("Ho so xa lan 2.xlsx", (XLSX, filled("dn_xa", "kimsongtruong", stage="tong_ket_2020", changes={
                        "ten": "Xã Kim Song Trường", "mh_thon": "Thôn Một", "ngay_to_trinh": "2020-03-06"}, tables={
                        "xep_loai_bang": [{"xl_nam": 2019, "xl_dang": "Hoàn thành tốt nhiệm vụ", "xl_doan_the": "Vững mạnh"}]})))])]

    @case("062-tong-ket-ca-nhan-nop-thay")
    def _():
        # The officer of the district sends it for the commune.
        data = filled("dn_ca_nhan", "thuongloc", stage="tong_ket_2020", changes={
            "ten": "Phan Văn Thượng", "noi_cong_tac": "UBND xã Thượng Lộc"})
        return [mail("outlook", "tuan.noivu@canloc.example", "Trần Anh Tuấn", "nop thay Thuong Loc", at(2020, 3, 12), [
            ("ca nhan.xlsx", (XLSX, data))] + papers("MC1", "MC2", "MC3", "MC4"))]

    @case("063-tong-ket-tap-the-ods")
    def _():
        data = m.through_libreoffice(filled("dn_tap_the", "ldtbxh", stage="tong_ket_2020"), "ods")
        return [mail("thunderbird", *of("ldtbxh"), "Hồ sơ tập thể", at(2020, 3, 12, 14), [
            ("Hồ sơ.ods", (ODS, data))] + papers("MC1", "MC2", "MC3"))]

    @case("064-to-trinh-du-ten")
    def _():
        names = [("Nguyễn Văn Đủ", "dongloc_kp1"), ("Nguyễn Thị Đầy", "dongloc_kp2")]
        files = [(f"{name}.xlsx", (XLSX, household("dongloc", "tong_ket_2020", name, hamlet))) for name, hamlet in names]
        letter = filled("to_trinh", "dongloc", stage="tong_ket_2020", tables={"ds": [
            {"ds_ten": name, "ds_noi_dung": "iii_1", "ds_hinh_thuc": "gk_huyen"} for name, _ in names]})
        return [mail("gmail", *of("dongloc"), "hai ho so", at(2020, 3, 16), files),
                mail("gmail", *of("dongloc"), "to trinh", at(2020, 3, 17), [
                    ("To trinh.xlsx", (XLSX, letter)), ("MC8 to trinh da ky.pdf", PDF)])]

    @case("065-hai-xa-mot-doanh-nghiep")
    def _():
        return [mail("outlook", *of("tungloc"), "de nghi", at(2020, 4, 1), [("cty.xlsx", (XLSX, m.nomination("tungloc", name="Công ty CP Hoàng Hà", changes={"ngay_to_trinh": day(2020, 3, 30)})))]),
                mail("gmail", *of("xuanloc"), "de nghi khen cong ty", at(2020, 4, 2), [("Hoang Ha.xlsx", (XLSX, m.nomination("xuanloc", name="Công ty CP Hoàng Hà", changes={"ngay_to_trinh": day(2020, 3, 30)})))])]

    @case("066-mot-tap-the-hai-bieu")
    def _():
        collective = filled("dn_tap_the", "ccb", stage="tong_ket_2020", changes={
            "ten": "Hội Cựu chiến binh huyện", "doi_tuong": "co_quan_huyen"})
        donor = m.nomination("ccb", name="Hội Cựu chiến binh huyện", changes={
            "doi_tuong": "Tổ chức xã hội, từ thiện, tổ chức khác", "ma_so_thue": None, "ngay_to_trinh": day(2020, 3, 9)}, tables={
            "ht_bang": [{"ht_ngay": day(2018, 5, 2), "ht_xa": "Xã Thiên Lộc", "ht_hinh_thuc": "Tiền", "ht_noi_dung": "Làm nhà",
                         "ht_gia_tri": 210000000}]})
        return [mail("outlook", *of("ccb"), "ho so tap the", at(2020, 3, 10), [("tap the.xlsx", (XLSX, collective))] + papers("MC1", "MC2", "MC3")),
                mail("outlook", *of("ccb"), "ho so tai tro", at(2020, 3, 11), [("tai tro.xlsx", (XLSX, donor))])]

    # ----------------------------------------------------------------------------------- what people really send

    @case("067-xin-mau")
    def _():
        return [mail("gmail", *of("quangloc"), "Xin mẫu báo cáo", at(2019, 12, 9), [], text="Xin gửi lại biểu.")]

    @case("068-rut-ho-so")
    def _():
        return [mail("outlook", *of("sonloc"), "ho so", at(2020, 3, 10), [
            ("ho so.xlsx", (XLSX, household("sonloc", "tong_ket_2020", "Trần Văn Thịnh", "sonloc_thinh")))] + papers(*HO)),
            mail("outlook", *of("sonloc"), "Rút hồ sơ KT - 2020 - 1", at(2020, 3, 20), [], text="Gia đình xin không đề nghị nữa.")]

    @case("069-sua-va-tra-loi-thu")
    def _():
        first = mail("gmail", *of("quangloc"), "bao cao 2019", at(2019, 12, 16), [
            ("BC.xlsx", (XLSX, m.report("quangloc", 2019, changes={"kp_giao": None})))])
        return [first, mail("gmail", *of("quangloc"), "Re: Cần sửa 1 chỗ", at(2019, 12, 17), [
            ("BC_can-sua.xlsx", (XLSX, m.report("quangloc", 2019)))], reply_to=notice_of(first))]

    @case("070-sua-ten-giu-so")
    def _():
        return [mail("outlook", *of("phuloc"), "ho so", at(2020, 3, 10), [
            ("ho so.xlsx", (XLSX, household("phuloc", "tong_ket_2020", "Nguyễn Văn Hạ", "phuloc_ha")))] + papers(*HO)),
            mail("outlook", *of("phuloc"), "Sửa tên, hồ sơ KT-2020-0001", at(2020, 3, 11), [
                ("ho so sua.xlsx", (XLSX, household("phuloc", "tong_ket_2020", "Nguyễn Văn Hà", "phuloc_ha")))])]

    @case("071-hai-tep-trai-nhau")
    def _():
        return [mail("zimbra", *of("xuanloc"), "bao cao", at(2019, 12, 18), [
            ("BC.xlsx", (XLSX, m.report("xuanloc", 2019))),
            ("BC moi.xlsx", (XLSX, m.report("xuanloc", 2019, changes={"tt_so_cuoc": 25})))])]

    @case("072-hai-ho-so-gan-giong")
    def _():
        def file(name, hamlet):
            return household("myloc", "tong_ket_2020", name, hamlet)
        return [mail("gmail", *of("myloc"), "ho so", at(2020, 3, 10), [("a.xlsx", (XLSX, file("Võ Văn Làng", "myloc_lang")))]),
                mail("gmail", *of("myloc"), "ho so", at(2020, 3, 11), [("b.xlsx", (XLSX, file("Võ Văn Chợ", "myloc_cho")))]),
                mail("gmail", *of("myloc"), "gui lai KT-2020-0001", at(2020, 3, 12), [
                    ("c.xlsx", (XLSX, household("myloc", "tong_ket_2020", "Võ Văn Chợ", "myloc_cho", so_viec_lam=3)))])]

    @case("073-minh-chung-theo-ma")
    def _():
        # The picture of a signature, as Outlook puts it beside the text.
        picture = ('Content-Type: image/png; name="image001.png"\r\nContent-Transfer-Encoding: base64\r\n'
                   "Content-ID: <image001.png@01D5B5B6>\r\n\r\n" + m.base64_lines(b"\x89PNG\r\n\x1a\n" + bytes(64)))
        pack = zipped(("MC2 quyet toan.pdf", PDF[1]), ("Thumbs.db", b"\xd0\xcf"), ("MC3 quy che.jpg", JPEG[1]))
        return [mail("outlook", *of("thuongloc"), "bao cao 2019", at(2019, 12, 18), [("BC.xlsx", (XLSX, m.report("thuongloc", 2019)))]),
                mail("outlook", *of("thuongloc"), "BC 2019 - 0001: ban ky", at(2019, 12, 23), [
                    ("MC1_ban_ky.pdf", PDF), ("tai lieu.zip", ("application/zip", pack)), ("", picture)])]

    @case("074-minh-chung-hong-va-tep-roi")
    def _():
        return [mail("zimbra", *of("sonloc"), "bao cao", at(2019, 12, 18), [
            ("BC.xlsx", (XLSX, m.report("sonloc", 2019))), ("MC1 ban ky.pdf", ("application/pdf", b"\x00" * 300)),
            ("scan0001.pdf", (PDF[0], PDF[1] + b"%3\n"))]),
            mail("zimbra", *of("sonloc"), "gui them", at(2019, 12, 19), [("MC1 ban ky.pdf", ("application/pdf", b"\x00" * 301))])]

    @case("075-tep-rar")
    def _():
        return [mail("outlook", *of("vinhloc"), "bao cao nen", at(2019, 12, 18), [
            ("BC.rar", ("application/x-rar-compressed", b"Rar!\x1a\x07\x01\x00" + random.Random(1).randbytes(200)))])]

    @case("076-zip-mat-khau")
    def _():
        pack = zipped(("BC Yen Loc.xlsx", m.report("yenloc", 2019)), password="123")
        return [mail("gmail", *of("yenloc"), "bao cao nen mat khau", at(2019, 12, 18), [("BC.zip", ("application/zip", pack))])]

    @case("077-tep-chay")
    def _():
        return [mail("outlook", *of("khanhloc"), "anh", at(2019, 12, 18), [
            ("bao cao.exe", ("application/octet-stream", b"MZ" + bytes(62) + b"PE\x00\x00" + bytes(200)))])]

    @case("078-so-tinh-khac")
    def _():
        book = openpyxl.Workbook()
        book.active.append(["TT", "Họ tên", "Ngày công"])
        book.active.append([1, "Nguyễn Văn An", 22])
        out = io.BytesIO()
        book.save(out)
        return [mail("gmail", *of("truongloc"), "bao cao", at(2019, 12, 18), [("cham cong.xlsx", (XLSX, out.getvalue()))])]

    @case("079-so-co-macro")
    def _():
        source = zipfile.ZipFile(io.BytesIO(m.report("kimloc", 2019)))
        pack = zipped(*[(name, source.read(name)) for name in source.namelist()], ("xl/vbaProject.bin", bytes(64)))
        return [mail("outlook", *of("kimloc"), "bao cao", at(2019, 12, 19), [
            ("BC.xlsm", ("application/vnd.ms-excel.sheet.macroEnabled.12", pack))])]

    @case("080-ban-word")
    def _():
        pack = zipped(
            ("[Content_Types].xml", b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
            ("_rels/.rels", b"<Relationships/>"), ("word/document.xml", b"<document/>"))
        return [mail("outlook", *of("thuanthien"), "bao cao ban word", at(2019, 12, 18), [
            ("Bao cao 2019.docx", ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", pack))])]

    @case("081-csv")
    def _():
        book = openpyxl.load_workbook(io.BytesIO(filled("dau_moi", "thanhloc", changes={
            "email_chinh": "thanhloc@canloc.example", "email_lanh_dao": None})))
        rows = book.worksheets[0].iter_rows(values_only=True)
        lines = [";".join("" if cell is None else str(cell) for cell in row) for row in rows]
        data = ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()
        return [mail("thunderbird", *of("thanhloc"), "dau moi", at(2020, 3, 10), [("dau moi.csv", ("text/csv", data))])]

    @case("082-chuyen-tiep-thu-cu")
    def _():
        first = mail("outlook", *of("truongloc"), "bao cao 2019", at(2019, 12, 16), [("BC.xlsx", (XLSX, m.report("truongloc", 2019)))])
        wrapped = "Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n" + first.decode()
        return [first, mail("thunderbird", *of("truongloc"), "Fwd: bao cao 2019", at(2019, 12, 20), [("", wrapped)], text="Xin hỏi đã nhận được chưa?")]

    @case("083-chuyen-tiep-thu-cu-kem-ban-moi")
    def _():
        first = mail("outlook", *of("vinhloc"), "bao cao 2019", at(2019, 12, 16), [
            ("BC.xlsx", (XLSX, m.report("vinhloc", 2019, changes={"kp_su_dung": None})))])
        wrapped = "Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n" + first.decode()
        return [first, mail("gmail", *of("vinhloc"), "Fwd: bao cao 2019", at(2019, 12, 17), [
            ("", wrapped), ("BC sua.xlsx", (XLSX, m.report("vinhloc", 2019)))])]

    @case("084-lan-thu-ba")
    def _():
        def wrong(number):
            return m.report("khanhloc", 2019, changes={"ngheo_cuoi": 1, "tt_so_cuoc": number})
        return [mail("outlook", *of("khanhloc"), f"bao cao lan {number}", at(2019, 12, 15 + number), [
            ("BC.xlsx", (XLSX, wrong(number)))]) for number in (1, 2, 3)]

    @case("089-phong-chu-cu")
    def _():
        # Pasted from the Labour office's program: TCVN3, VNI, and a name that is good both ways in a font of its own.
        rows = [{"h_chu_ho": name, "h_thon": "nghen_kp1", "h_so_khau": 4, "h_dau": "ngheo", "h_cuoi": "can_ngheo",
                 "h_bien_dong": "thoat_ngheo"}
                for name in ("Lª V¨n Mét", "NguyÔn ThÞ H\u00ad¬ng", "Phaïm Ñình Ba", "Nhân")]
        book = openpyxl.load_workbook(io.BytesIO(filled("danh_sach_ho", "nghen", period=2019, tables={"ho": rows})))
        sheet, cells = next(book.defined_names[m.cell_names("danh_sach_ho")["h_chu_ho"]].destinations)
        first = book[sheet][cells.replace("$", "").split(":")[0]]
        for number, font in enumerate((".VnTime", ".VnTime", "VNI-Times", ".VnArial")):
            first.parent.cell(first.row + number, first.column).font = openpyxl.styles.Font(name=font)
        out = io.BytesIO()
        book.save(out)
        return [mail("zimbra", *of("nghen"), "danh sach ho", at(2019, 12, 19), [("ds ho.xlsx", (XLSX, out.getvalue()))])]

    @case("090-gui-lai-ban-danh-dau")
    def _():
        wrong = m.report("phuloc", 2019, changes={"ngheo_cuoi": 1, "kp_su_dung": "bốn trăm triệu"})
        copy = m.marked(wrong)
        book = openpyxl.load_workbook(io.BytesIO(copy))
        right = openpyxl.load_workbook(io.BytesIO(m.report("phuloc", 2019)))
        names = m.cell_names("bao_cao_xa")
        for question in ("ngheo_cuoi", "kp_su_dung"):
            sheet, cells = next(book.defined_names[names[question]].destinations)
            cell = cells.replace("$", "").split(":")[0]
            book[sheet][cell].value = right[sheet][cell].value
        out = io.BytesIO()
        book.save(out)
        return [mail("outlook", *of("phuloc"), "bao cao 2019", at(2019, 12, 16), [("BC.xlsx", (XLSX, wrong))]),
                mail("outlook", *of("phuloc"), "Re: Cần sửa 2 chỗ", at(2019, 12, 17), [("BC_can-sua.xlsx", (XLSX, copy))]),
                mail("outlook", *of("phuloc"), "Re: Cần sửa 2 chỗ", at(2019, 12, 18), [
                    ("BC_can-sua.xlsx", (XLSX, out.getvalue()))])]

    @case("085-hop-thu-rieng-va-ban-sao")
    def _():
        # Her own mailbox is listed; that of the chairman only receives copies.
        return [mail("gmail", "ha.thienloc@thu.example", "Nguyễn Thị Hà", "bao cao", at(2019, 12, 18), [
            ("BC.xlsx", (XLSX, m.report("thienloc", 2019)))]),
            mail("outlook", "lanhdao.thienloc@canloc.example", "Chủ tịch", "bao cao", at(2019, 12, 19), [
                ("BC.xlsx", (XLSX, m.report("thienloc", 2019, changes={"tt_so_cuoc": 31})))])]

    @case("087-so-mo-ho-va-ngay-da-doi")
    def _():
        # A figure that may be 9.5 or 9500, in a workbook whose unit of income fits neither.
        return [mail("gmail", *of("dongloc"), "ho so", at(2020, 3, 10), [
            ("ho so.xlsx", (XLSX, household("dongloc", "tong_ket_2020", "Lê Văn Tiến", "dongloc_kp1", tn_2016="9.500")))])]

    @case("088-tep-vuot-gioi-han")
    def _():
        source = zipfile.ZipFile(io.BytesIO(m.report("trungloc", 2019)))
        deep = b"<a>" * 200 + b"</a>" * 200

        def content(name):
            data = source.read(name)
            return data.replace(b"<sheetData>", deep + b"<sheetData>") if name == "xl/worksheets/sheet1.xml" else data
        return [mail("outlook", *of("trungloc"), "bao cao", at(2019, 12, 18), [
            ("BC.xlsx", (XLSX, zipped(*[(name, content(name)) for name in source.namelist()])))])]

    @case("086-bieu-chua-xac-dinh-duoc")
    def _():
        # Without its year a report has no key: nothing is numbered.
        book = openpyxl.load_workbook(io.BytesIO(m.report("dongloc", 2019)))
        for sheet in [sheet for sheet in book.worksheets if sheet.sheet_state != "visible"]:
            del book[sheet.title]
        sheet, cells = next(book.defined_names[m.cell_names("bao_cao_xa")["nam"]].destinations)
        book[sheet][cells.replace("$", "").split(":")[0]].value = None
        out = io.BytesIO()
        book.save(out)
        return [mail("outlook", *of("dongloc"), "bao cao", at(2019, 12, 18), [("BC.xlsx", (XLSX, out.getvalue()))])]
