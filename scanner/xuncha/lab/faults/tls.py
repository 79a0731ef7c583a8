"""Certificates and encryption."""

from xuncha.lab.faults.model import Fault, fails, warns
from xuncha.model.outcome import Status

TLS = (
    Fault(
        "https-missing",
        "未启用 HTTPS",
        "HTTPS is not offered",
        (("tls.https-offered", Status.FAIL),),
        ("tls.",),
    ),
    fails("http-stays", "tls.http-redirects", "HTTP 未跳转到 HTTPS", "HTTP is not redirected to HTTPS"),
    Fault(
        "certificate-expired",
        "证书已过期",
        "The certificate has expired",
        (("tls.certificate-valid", Status.FAIL), ("tls.certificate-expiry", Status.FAIL)),
    ),
    warns("certificate-expiring", "tls.certificate-expiry", "证书即将到期", "The certificate expires within days"),
    fails("certificate-other-name", "tls.name-matches", "证书域名与网址不符", "The certificate is for another name"),
    fails("certificate-self-signed", "tls.certificate-valid", "自签名证书", "The certificate is self-signed"),
    fails("certificate-unknown-root", "tls.certificate-valid", "根证书不受信任", "The certificate's root is unknown"),
    fails("chain-incomplete", "tls.chain-complete", "证书链不完整", "The intermediate certificate is missing"),
    fails("key-weak", "tls.key-strength", "证书密钥过短（RSA 1024 位）", "A weak key (RSA 1024)"),
    fails("signature-weak", "tls.signature", "证书使用 SHA-1 签名", "A SHA-1 signature"),
    fails("protocols-old", "tls.protocols", "仍支持 TLS 1.0、1.1", "TLS 1.0 and 1.1 are still offered"),
    fails("suites-weak", "tls.weak-suites", "接受不加密或匿名套件", "Suites without encryption or authentication"),
    fails("renegotiation-open", "tls.known-vulnerabilities", "允许反复重新协商", "Clients may renegotiate without end"),
    warns("hsts-missing", "tls.hsts", "未设置 HSTS", "No HSTS header"),
    warns("hsts-short", "tls.hsts", "HSTS 有效期过短", "HSTS for five minutes only"),
    warns("tlcp-missing", "tls.tlcp", "不支持国密 TLCP", "TLCP is not offered"),
)
