"""Response headers, cookies, and what pages load from elsewhere."""

from xuncha.lab.faults.model import fails, warns

HEADERS = (
    warns("csp-missing", "headers.csp", "未设置内容安全策略（CSP）", "No Content Security Policy"),
    warns("csp-unsafe", "headers.csp", "内容安全策略形同虚设", "A Content Security Policy that stops nothing"),
    warns("framing-missing", "headers.framing", "任何网站都能嵌入网页", "Any website may frame the pages"),
    warns("sniffing-missing", "headers.sniffing", "未禁止猜测文件类型", "Browsers guess types"),
    warns("referrer-missing", "headers.referrer", "未设置 Referrer-Policy", "No Referrer-Policy"),
    warns("cors-open", "headers.cors", "向任意网站开放跨域访问", "Open to every origin, with credentials"),
    warns("version-shown", "headers.versions", "响应头显示软件版本号", "Headers tell software versions"),
    warns("mixed-content", "headers.mixed-content", "HTTPS 页面引用明文图片", "HTTPS pages show a picture over HTTP"),
    warns("sri-missing", "headers.sri", "外部脚本没有完整性校验", "A script from elsewhere without integrity"),
    fails("cookie-insecure", "cookies.secure", "会话 Cookie 没有 Secure", "A session cookie without Secure"),
    fails("cookie-readable", "cookies.http-only", "会话 Cookie 没有 HttpOnly", "A session cookie without HttpOnly"),
    warns("cookie-same-site", "cookies.same-site", "会话 Cookie 没有 SameSite", "A session cookie without SameSite"),
)
