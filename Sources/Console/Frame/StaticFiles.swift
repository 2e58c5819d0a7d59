import Hummingbird

/// The style sheet and the keyboard script: the only files besides pages, both from this machine.
enum StaticFiles {
    static func add(to router: Router<ConsoleContext>) {
        router.get("formpost.css") { _, _ in file(styles + reviewStyles, "text/css; charset=utf-8") }
        router.get("formpost.js") { _, _ in file(script, "text/javascript; charset=utf-8") }
    }

    private static func file(_ text: String, _ type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "max-age=3600"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    private static let styles = """
        :root { color-scheme: light; }
        * { box-sizing: border-box; }
        body { margin: 0; font: 15px/1.45 "Liberation Sans", Arial, sans-serif; color: #1a1a1a; background: #fff; }
        main { padding: 0 16px 24px; max-width: 1366px; margin: 0 auto; }
        h1 { font-size: 21px; margin: 14px 0 8px; } h2 { font-size: 17px; margin: 18px 0 6px; }
        a { color: #0b4f8a; } a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible,
        textarea:focus-visible, summary:focus-visible { outline: 3px solid #c25700; outline-offset: 1px; }
        .skip { position: absolute; left: -9999px; } .skip:focus { left: 8px; top: 8px; background: #fff; padding: 6px; }
        nav { background: #123a5c; } nav ul { display: flex; flex-wrap: wrap; list-style: none; margin: 0; padding: 0 8px; }
        nav a { display: block; padding: 10px 12px; color: #fff; text-decoration: none; }
        nav a[aria-current] { background: #fff; color: #123a5c; font-weight: bold; } nav a:hover { text-decoration: underline; }
        table { border-collapse: collapse; margin: 8px 0; } caption { text-align: left; font-weight: bold; padding: 6px 0; }
        th, td { border: 1px solid #b8bfc6; padding: 4px 8px; text-align: left; vertical-align: top; }
        thead th { background: #eef2f6; } .number { text-align: right; } .total { font-weight: bold; }
        .wide { overflow-x: auto; } .wide td.text { min-width: 9em; } .none { color: #6b6b6b; } .some td.number { font-weight: bold; }
        .matrix td.filed { background: #e3f1e3; } .matrix td.correction { background: #fff1cc; }
        .matrix td.waiting { background: #e4ecfa; } .matrix td.missing { background: #fbe3e0; } .matrix td.not-owed { color: #6b6b6b; }
        .tabs { display: flex; flex-wrap: wrap; gap: 4px; list-style: none; padding: 0; margin: 8px 0; }
        .tabs a { display: block; padding: 6px 10px; border: 1px solid #b8bfc6; text-decoration: none; }
        .tabs a[aria-current] { background: #123a5c; color: #fff; }
        button, .button { font: inherit; padding: 6px 14px; border: 1px solid #123a5c; background: #fff; color: #123a5c;
        border-radius: 3px; cursor: pointer; text-decoration: none; display: inline-block; }
        button.main { background: #123a5c; color: #fff; font-weight: bold; } button.danger { border-color: #a3261b; color: #a3261b; }
        button:disabled { border-color: #9a9a9a; color: #6b6b6b; cursor: not-allowed; }
        button.link { border: 0; padding: 0; text-decoration: underline; background: none; }
        input, select, textarea { font: inherit; padding: 5px; border: 1px solid #767676; border-radius: 3px; max-width: 100%; }
        textarea { width: 100%; } .hint, small { color: #555; } .trouble, .flag { color: #a3261b; font-weight: bold; }
        .finding { margin: 2px 0; padding-left: 8px; border-left: 3px solid #c25700; }
        .before { color: #a3261b; } dt { font-weight: bold; } dd { margin: 0 0 6px 16px; }
        .columns { display: grid; grid-template-columns: 1fr 1fr; gap: 20px; } .columns > section { min-width: 0; } .standard { margin: 0 0 8px; border: 1px solid #b8bfc6; }
        .standard .note { display: block; } .standard .note input { width: 80%; } .standard.here { outline: 3px solid #c25700; }
        .presses form { margin: 8px 0; padding: 8px 0; border-top: 1px solid #dde2e7; } .presses label { display: block; }
        .trail { font-size: 13px; } .plain { list-style: none; padding: 0; } pre.letter { white-space: pre-wrap; border: 1px solid #b8bfc6; padding: 12px; max-width: 80ch; }
        .sign-in, .stack { display: flex; flex-direction: column; gap: 6px; max-width: 340px; } .sign-in { margin: 60px auto; }
        footer { border-top: 1px solid #b8bfc6; padding: 10px 16px; display: flex; gap: 24px; flex-wrap: wrap; color: #444; }
        footer form { display: inline; } details { border-bottom: 1px solid #dde2e7; } summary { cursor: pointer; padding: 6px 0; font-weight: bold; }
        .picture { margin: 14px 0; } .picture figcaption { font-weight: bold; } .picture svg { display: block; height: auto; max-width: none; }
        @media (min-width: 1300px) { .pictures { display: grid; grid-template-columns: 1fr 1fr; gap: 0 24px; } .pictures .picture { min-width: 0; } .pictures .picture svg { max-width: 100%; } }
        dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 2px 14px; } dl.facts dd { margin: 0; } .wide td.long { min-width: 22em; }
        td.gap { font-weight: bold; background: #fff1cc; }
        .figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 10px; margin: 10px 0; } .figures div { border: 1px solid #b8bfc6; padding: 8px 10px; }
        .figures dd { margin: 0; } .figures dd strong { display: block; font-size: 22px; } .figures small { display: block; }
        .a4 { max-width: 720px; } .a4 .picture svg { width: 100%; } .a4 .picture { margin: 6px 0; }
        @media (max-width: 900px) { .figures { grid-template-columns: 1fr 1fr; } }
        @media (max-width: 500px) { .figures { grid-template-columns: 1fr; } }
        @media (max-width: 900px) { .columns { grid-template-columns: 1fr; } table { display: block; overflow-x: auto; } }
        @page { size: A4; margin: 12mm; }
        @page sheet { size: A4 portrait; margin: 9mm; }
        @media print { .a4 { page: sheet; max-width: none; font-size: 9.5pt; } .a4 h1 { font-size: 15pt; margin: 0; } .a4 p { margin: 3px 0; } .a4 ~ p { display: none; } .a4 .picture svg { max-height: 55mm; } .a4 .picture + .picture svg { max-height: 128mm; } .a4 .figures dd strong { font-size: 15pt; } .a4 .figures div { padding: 3px 6px; } .figures { grid-template-columns: repeat(4, 1fr); } .figures div { break-inside: avoid; } .picture { break-inside: avoid; } .picture svg { max-width: 100%; } main { padding: 0; } .hint, small { color: #000; } input { display: none; } }
        @media print { nav, footer, form, .skip, .button { display: none; } body { color: #000; font-size: 11pt; } a { color: #000; text-decoration: none; } }
        """

    /// Of the review pages: a file's board, two files side by side, papers to be printed.
    private static let reviewStyles = """

        .away { position: absolute; left: -9999px; } .line { display: inline-block; margin: 3px 0; } .line label { display: inline; } .line .hint { margin-left: 6px; }
        .pair { border-top: 1px solid #dde2e7; padding: 6px 0; } .save { grid-column: 1 / -1; border-top: 1px solid #b8bfc6; padding-top: 8px; margin: 0; }
        .standard details { border: 0; } .standard summary { padding: 2px 0; font-weight: normal; color: #0b4f8a; } .columns table select { max-width: 16em; }
        .compare td { min-width: 14em; } .differs td { background: #fff1cc; font-weight: bold; } h3 { font-size: 15px; margin: 10px 0 4px; }
        dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; } dl.facts dd { margin: 0; } textarea.letter { font-family: monospace; max-width: 84ch; }
        .paper { max-width: 1000px; } .paper h1 { text-align: center; } .bare, .bare td { border: 0; text-align: center; } .bare { width: 100%; } .paper table { width: 100%; }
        @media (max-width: 900px) { dl.facts { grid-template-columns: 1fr; } }
        td.code { white-space: nowrap; }
        @media print { table { display: table; } .columns, form.columns, form.columns section { display: block; } .presses, .hint, .save, .line, .stack, .away, .columns select, .columns button { display: none; } }
        @media print { .paper { break-after: page; max-width: none; font-size: 9pt; line-height: 1.25; } .paper h1 { font-size: 13pt; margin: 6px 0; } .paper td, .paper th { padding: 1px 4px; } .paper p, .paper ul { margin: 4px 0; } .paper tr { break-inside: avoid; } }
        """

    /// J and K walk the standards, 1 to 4 give a verdict, O opens the line's first paper, else the file's. Everything works without it.
    private static let script = """
        (function () {
          var lines = Array.prototype.slice.call(document.querySelectorAll('.standard'));
          if (!lines.length) return;
          var here = -1;
          function go(to) {
            if (to < 0 || to >= lines.length) return;
            if (here >= 0) lines[here].classList.remove('here');
            here = to;
            lines[here].classList.add('here');
            lines[here].scrollIntoView({ block: 'center' });
          }
          document.addEventListener('keydown', function (event) {
            if (event.ctrlKey || event.altKey || event.metaKey) return;
            var name = event.target.tagName;
            if (name === 'TEXTAREA' || name === 'SELECT' || (name === 'INPUT' && event.target.type !== 'radio')) return;
            var key = event.key.toLowerCase();
            if (key === 'j') go(here + 1);
            else if (key === 'k') go(here - 1);
            else if (here >= 0 && '1234'.indexOf(key) >= 0) {
              var choice = lines[here].querySelectorAll('input[type=radio]')[Number(key) - 1];
              if (choice && !choice.disabled) { choice.checked = true; }
            } else if (key === 'o') {
              var paper = (here >= 0 && lines[here].querySelector('a[href^="/tep/"]')) || document.querySelector('a[href^="/tep/"]');
              if (paper) paper.click();
            } else return;
            event.preventDefault();
          });
        })();
        """
}
