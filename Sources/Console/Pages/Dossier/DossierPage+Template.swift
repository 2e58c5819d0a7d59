extension DossierPage {
    static let template = head + board + opinionBlock + pressBlock + foot

    private static let head = """
        <h1>{{receipt}} {{heading}}</h1>
        <p class="facts">{{facts}}</p>
        <p>Trạng thái: <strong>{{state}}</strong>{{#officer}} · người thẩm định: {{.}}{{/officer}}</p>
        {{#awards}}<p class="flag">Đã được khen: {{.}}</p>{{/awards}}
        {{#same}}<p>Cùng một đối tượng: <a href="/ho-so/{{receipt}}">{{receipt}}</a> {{words}}</p>{{/same}}
        {{#namesakes}}<form method="post" action="/ho-so/{{page.receipt}}/doi-tuong" class="line"><input type="hidden" name="_csrf" value="{{csrf}}">
        <input type="hidden" name="voi" value="{{receipt}}">Trùng tên: <a href="/ho-so/{{receipt}}">{{receipt}}</a> {{words}}
        <a class="button" href="/ho-so/so-sanh?ma={{page.receipt}}&amp;ma={{receipt}}">So sánh</a>
        {{#page.mayReview}}<button name="la" value="1">Là cùng một đối tượng</button> <button name="la" value="0">Không phải</button>{{/page.mayReview}}</form>{{/namesakes}}
        {{#flag}}<p class="flag" role="status">Cần xem lại: {{.}}</p>{{/flag}}
        {{#crossings}}<p class="flag" role="status">{{words}} <a class="button" href="{{path}}">Xem hai bản</a></p>{{/crossings}}
        {{#newer}}<form method="post" action="/ho-so/{{page.receipt}}/ban-moi" class="line" role="status"><input type="hidden" name="_csrf" value="{{csrf}}">
        <input type="hidden" name="ban" value="{{number}}"><strong>Có bản mới:</strong> bản {{number}}, đến {{day}}. <a class="button" href="{{path}}">Xem khác biệt</a>
        {{#page.mayAssess}}<button class="main">Dùng bản mới</button> <span class="hint">Tiêu chuẩn nào có ô không đổi thì giữ nguyên nhận xét.</span>{{/page.mayAssess}}</form>{{/newer}}
        {{#failed}}<p class="flag">{{.}} đến sau còn lỗi, đã đề nghị đơn vị sửa; bản đang xét vẫn có giá trị.</p>{{/failed}}

        """

    private static let board = """
        <form method="post" action="/ho-so/{{receipt}}/tieu-chuan" class="columns"><input type="hidden" name="_csrf" value="{{csrf}}">
        <button class="away" tabindex="-1" aria-hidden="true">Lưu</button>
        <section aria-label="Hồ sơ"><h2>Hồ sơ ({{papersThere}}/{{papersAsked}} giấy tờ)</h2>
        <input type="hidden" name="giay" value="{{paperIDs}}"><input type="hidden" name="giay-cu" value="{{originalIDs}}">
        <table><thead><tr><th scope="col">Giấy tờ</th><th scope="col">Bản quét</th><th scope="col">Bản chính</th></tr></thead>
        <tbody>{{#papers}}<tr><th scope="row">{{label}}{{#blocks}}<br><span class="flag">chưa có thì chưa đưa vào danh sách được</span>{{/blocks}}</th>
        <td>{{#scans}}<a href="{{path}}">{{name}}</a><br>{{/scans}}{{#letter}}<a href="/bao-cao/{{.}}">{{.}}</a>{{/letter}}{{#lacksScan}}<span class="flag">thiếu</span>{{/lacksScan}}</td>
        <td><input type="checkbox" name="goc-{{id}}" value="1" aria-label="Đã có bản chính: {{label}}"{{#hasOriginal}} checked{{/hasOriginal}}{{^page.mayReview}} disabled{{/page.mayReview}}></td></tr>{{/papers}}
        {{#loose}}<tr><th scope="row">Chưa gắn</th><td><a href="{{path}}">{{name}}</a></td><td>{{#page.mayReview}}<select name="cho-{{sha256}}" aria-label="{{name}} là">{{#places}}<option value="{{value}}">{{label}}</option>{{/places}}</select>
        <button name="tep" value="{{sha256}}" formaction="/ho-so/{{page.receipt}}/gan">Gắn vào</button>{{/page.mayReview}}</td></tr>{{/loose}}</tbody></table>
        <h2>Các bản đã gửi</h2>
        <ol class="plain">{{#versions}}<li>Bản {{number}}: {{words}}. <a href="{{path}}">{{file}}</a></li>{{/versions}}</ol>
        {{#pictures}}\(ShownPicture.template){{/pictures}}
        {{#general}}<p class="finding">{{.}}</p>{{/general}}
        {{#blocks}}<details><summary>{{heading}}</summary>
        {{#table}}<div class="wide"><table><thead><tr>{{#heads}}<th scope="col">{{.}}</th>{{/heads}}</tr></thead>
        <tbody>{{#rows}}<tr>{{#.}}<td>{{.}}</td>{{/.}}</tr>{{/rows}}</tbody></table></div>{{/table}}
        <dl>{{#fields}}<dt>{{label}}</dt><dd>{{words}}{{#before}} <span class="before">(bản trước: {{.}})</span>{{/before}}{{#findings}}<p class="finding">{{.}}</p>{{/findings}}</dd>{{/fields}}</dl>
        </details>{{/blocks}}
        </section>
        <section aria-label="Tiêu chuẩn"><h2>Tiêu chuẩn</h2>
        {{#standards}}<fieldset class="standard"><legend>{{clause}} {{name}} <small>({{nature}})</small></legend>
        {{#isOutdated}}<p class="flag">Nhận xét trên bản cũ; ô của tiêu chuẩn này đã đổi, cần xét lại.</p>{{/isOutdated}}
        {{#findings}}<p class="finding">{{.}}</p>{{/findings}}
        <details><summary>Số liệu và lời của đơn vị</summary><dl>{{#cells}}<dt>{{label}}</dt><dd>{{words}}</dd>{{/cells}}{{^cells}}<dd>Biểu không có ô riêng cho tiêu chuẩn này.</dd>{{/cells}}</dl></details>
        {{#scans}}<a href="{{path}}">{{name}}</a> {{/scans}}
        <input type="hidden" name="cu-{{id}}" value="{{mark}}">
        {{#choices}}<label><input type="radio" name="xet-{{id}}" value="{{value}}"{{#isHere}} checked{{/isHere}}{{^page.mayAssess}} disabled{{/page.mayAssess}}> {{label}}</label> {{/choices}}
        <label class="note">Ghi chú <input name="ghi-{{id}}" value="{{note}}"{{^page.mayAssess}} disabled{{/page.mayAssess}}></label>
        <small>{{who}}</small></fieldset>{{/standards}}
        {{^mayAssess}}<p class="hint">Ghi nhận xét được khi hồ sơ đang thẩm định, với tài khoản của Phòng Nội vụ.</p>{{/mayAssess}}
        </section>
        {{#mayReview}}<p class="save"><button class="main">Lưu</button> <span class="hint">Ghi bản chính và nhận xét; không có thư nào gửi đi. Phím: J, K chuyển dòng; 1 đạt, 2 chưa đạt, 3 không áp dụng, 4 cần bổ sung; O mở tài liệu.</span></p>{{/mayReview}}
        </form>

        """

    private static let opinionBlock = """
        <section aria-label="Ý kiến"><h2>Ý kiến Phòng Lao động - TB&amp;XH{{#labour}}: {{.}}{{/labour}}</h2>
        <ul>{{#opinions}}<li>{{.}}</li>{{/opinions}}</ul>
        {{#mayOpine}}<form method="post" action="/ho-so/{{receipt}}/y-kien"><input type="hidden" name="_csrf" value="{{csrf}}">
        <label><input type="radio" name="dong_y" value="1" required> Đồng ý</label> <label><input type="radio" name="dong_y" value="0"> Không đồng ý</label>
        <label for="y_kien">Ý kiến</label><textarea id="y_kien" name="y_kien" rows="3"></textarea>
        <button class="main">Gửi ý kiến</button></form>{{/mayOpine}}
        <h3>Ý kiến khác</h3><ul>{{#requests}}<li>{{words}}{{#isOpen}}{{#page.mayReview}}<form method="post" action="/ho-so/{{page.receipt}}/tra-loi" class="line"><input type="hidden" name="_csrf" value="{{csrf}}">
        <input type="hidden" name="so" value="{{id}}"><input name="y_kien" aria-label="Trả lời" required> <button>Ghi trả lời</button></form>{{/page.mayReview}}{{/isOpen}}</li>{{/requests}}{{^requests}}<li>chưa hỏi cơ quan nào</li>{{/requests}}</ul>
        {{#mayAsk}}<form method="post" action="/ho-so/{{receipt}}/hoi" class="line"><input type="hidden" name="_csrf" value="{{csrf}}">
        <label>Hỏi <input name="co_quan" placeholder="để trống: Phòng Lao động - TB&amp;XH" size="34"></label> <label>hạn <input name="han" value="{{due}}" size="10" required></label>
        <button>Hỏi ý kiến</button> <span class="hint">Phòng Lao động thấy ở mục Đang lấy ý kiến; cơ quan khác thì gửi văn bản, trả lời ghi vào đây.</span></form>{{/mayAsk}}
        </section>

        """

    private static let pressBlock = """
        <section aria-label="Quyết định" class="presses"><h2>Việc tiếp theo</h2>
        {{#decides}}<p class="hint">{{.}}</p>{{/decides}}
        {{#buttons}}{{#closed}}<p><button disabled>{{label}}</button> <span class="hint">Chưa bấm được: {{.}}</span></p>{{/closed}}
        {{^closed}}{{#draft}}<p><a class="button" href="{{.}}">{{label}}…</a> <span class="hint">{{effect}}</span></p>{{/draft}}
        {{^draft}}<form method="post" action="/ho-so/{{receipt}}/chuyen"><input type="hidden" name="_csrf" value="{{csrf}}">
        <input type="hidden" name="viec" value="{{move}}">
        {{#needsReason}}<label>Lý do <textarea name="ly_do" rows="2" required></textarea></label>{{/needsReason}}
        <button>{{label}}</button> <span class="hint">{{effect}}</span></form>{{/draft}}{{/closed}}{{/buttons}}
        {{#mayReview}}<form method="post" action="/ho-so/{{receipt}}/giao"><input type="hidden" name="_csrf" value="{{csrf}}">
        <label>Người thẩm định <select name="cho"><option value="">không ai</option>{{#officers}}<option value="{{value}}"{{#isHere}} selected{{/isHere}}>{{label}}</option>{{/officers}}</select></label>
        <button>Giao cho…</button> <span class="hint">Đổi người thẩm định; không có thư nào gửi đi.</span></form>{{/mayReview}}
        {{#mayRevoke}}<details><summary>Thu hồi khen thưởng</summary><form method="post" action="/ho-so/{{receipt}}/thu-hoi"><input type="hidden" name="_csrf" value="{{csrf}}">
        <label>Số quyết định thu hồi <input name="so_vb" required></label><label>Ngày <input name="ngay" placeholder="05/12/2020" required></label>
        <label>Lý do <textarea name="ly_do" rows="2" required></textarea></label>
        <button class="danger">Thu hồi khen thưởng</button> <span class="hint">Không làm lại được; không có thư nào gửi đi.</span></form></details>{{/mayRevoke}}
        <p><a class="button" href="/ho-so/{{receipt}}/phieu">In phiếu thẩm định</a></p>
        </section>

        """

    private static let foot = """
        <section aria-label="Ghi chú nội bộ"><h2>Ghi chú nội bộ</h2><ul>{{#remarks}}<li>{{.}}</li>{{/remarks}}</ul>
        {{#mayRemark}}<form method="post" action="/ho-so/{{receipt}}/ghi-chu"><input type="hidden" name="_csrf" value="{{csrf}}">
        <label for="ghi_chu">Ghi chú (đơn vị không thấy)</label><textarea id="ghi_chu" name="ghi_chu" rows="2" required></textarea>
        <button>Thêm ghi chú</button></form>{{/mayRemark}}</section>
        <section aria-label="Thư"><h2>Thư đã viết</h2><ul>{{#letters}}<li>{{#path}}<a href="{{.}}">{{words}}</a>{{/path}}{{^path}}{{words}}{{/path}}</li>{{/letters}}</ul></section>
        <section aria-label="Lịch sử"><h2>Lịch sử</h2><ul class="trail">{{#trail}}<li>{{.}}</li>{{/trail}}</ul></section>
        """
}
