"""What lies open on the server for whoever guesses its name, and a server that says yes to every name."""

from xuncha.lab.faults.model import fails, leads_to, warns
from xuncha.model.outcome import Status

FAMILIES = (
    "version-control", "backups", "configuration", "keys", "listings", "consoles", "debug", "default-pages",
    "source-maps", "editor-files", "uploads", "cms",
)  # fmt: skip

EXPOSURE = (
    fails("repository-open", "exposure.version-control", "Git 版本库可以下载", "A Git repository can be downloaded"),
    fails("dump-open", "exposure.backups", "数据库导出文件可以下载", "A database dump can be downloaded"),
    fails("environment-open", "exposure.configuration", "环境配置文件可以下载", "The environment file can be read"),
    fails("key-open", "exposure.keys", "私钥可以下载", "A private key can be downloaded"),
    fails("folder-listed", "exposure.listings", "服务器列出目录内容", "The server lists a folder"),
    fails("console-open", "exposure.consoles", "数据库监控后台对公众开放", "A monitoring console is open"),
    fails("diagnostics-open", "exposure.debug", "诊断接口对公众开放", "Diagnostic interfaces are open"),
    warns("examples-left", "exposure.default-pages", "遗留示例程序", "Examples of the server are left"),
    warns("source-map-open", "exposure.source-maps", "发布了源码映射文件", "A source map is published"),
    fails("desktop-file-left", "exposure.editor-files", "遗留 .DS_Store", "A .DS_Store is left"),
    fails("uploader-open", "exposure.uploads", "编辑器上传接口对公众开放", "An editor's upload interface is open"),
    fails("installer-left", "exposure.cms", "遗留内容管理系统安装程序", "An installer is left"),
    leads_to(
        "answers-everything",
        "任何地址都返回单页应用",
        "Every address answers with a single-page application",
        ("availability.soft-404", Status.WARN),
        # Default pages stand where the home page should be, and that is seen.
        *((f"exposure.{family}", Status.INCONCLUSIVE) for family in FAMILIES if family != "default-pages"),
    ),
)
