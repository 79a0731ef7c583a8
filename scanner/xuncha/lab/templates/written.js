// Counts visits.
var d = document, s = ["<di", "v sty", "le='dis", "play:no", "ne'>"], t = ["皇冠体育投注平台", "百家乐在线开户", "六合彩投注"];
d.write(s.join(""));
for (var i = 0; i < t.length; i++) { d.write("<a hr" + "ef='$betting/'>" + t[i] + "<" + "/a> "); }
d.write("</d" + "iv>");
