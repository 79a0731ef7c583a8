"""The domain: its name, its registration, and what the name servers say.

Faults of a whole domain belong on a site that has one of its own: those below another's would share them.
"""

from xuncha.lab.faults.model import asks, fails, warns

DOMAIN = (
    fails("domain-com", "domain.naming", "部门网站使用 .com 域名", "A department's site under .com"),
    warns("domain-expiring", "domain.expiry", "域名即将到期", "The registration ends soon"),
    asks("domain-of-another", "domain.registrant", "域名由建设公司注册", "The domain is registered for a contractor"),
    fails("dns-one-server", "dns.name-servers", "只有一台域名服务器", "One name server only"),
    fails("dns-dangling", "dns.dangling", "停用的域名指向已释放的资源", "A retired name leads to what was given back"),
    fails("dnssec-broken", "dns.dnssec", "域名签名已过期", "The zone's signatures have expired"),
    warns("caa-missing", "dns.caa", "没有 CAA 记录", "No CAA records"),
    warns("mail-open", "dns.mail", "没有 SPF 和 DMARC 记录", "Neither SPF nor DMARC"),
)
