"""What the operating system refuses, in words."""

import errno

from xuncha.model.text import Text

_WORDS = {
    errno.ENOSPC: Text("磁盘空间不足", "the disk is full"),
    errno.EDQUOT: Text("磁盘配额已用完", "the disk quota is used up"),
    errno.EACCES: Text("没有权限", "permission denied"),
    errno.EPERM: Text("不允许该操作", "not permitted"),
    errno.EROFS: Text("文件系统是只读的", "the file system is read-only"),
    errno.ENOENT: Text("不存在", "does not exist"),
    errno.ENOTDIR: Text("路径中有一部分不是目录", "a part of the path is no folder"),
    errno.EISDIR: Text("是目录，不是文件", "is a folder, not a file"),
    errno.EEXIST: Text("已存在", "exists already"),
    errno.ELOOP: Text("符号链接不可用", "a symbolic link stands where none may be"),
    errno.EIO: Text("磁盘读写出错", "the disk failed"),
}


def refusal(error: OSError) -> Text:
    """Why the system refused; its own words where we have none."""
    own = error.strerror or str(error) or type(error).__name__
    return _WORDS.get(error.errno or 0, Text(own, own))


def explained(error: OSError) -> Text:
    """The refusal with the path that it is about, where the system says which."""
    why, path = refusal(error), error.filename
    return Text(f"{path}：{why.zh}", f"{path}: {why.en}") if path is not None else why
