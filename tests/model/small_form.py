"""A form of a ninth kind of site (公园) that has one of everything: what the tests of the rules are asked about."""

from __future__ import annotations

from inspector.model.form_toml import read_form

TEXT = """
id = "GY"
site_kind = "公园"
title = "公园巡检检查表"
edition = 1
status = "草案"
scoring = "扣分制"
total = 40
place_required = true
counterpart = "当场核对"
roles = ["公园管理处"]
tags = ["保洁", "亮化"]

[[basis]]
title = "城市绿化条例"
status = "未核实"

[[tag_groups]]
name = "专项"
tags = [["亮化", "夜间亮化"]]

[[header]]
code = "GY-H1"
key = "公园等级"
how = ["看"]
answer = "选择"
options = ["一级", "二级"]
of = "点位"

[[header]]
code = "GY-H2"
key = "是否夜间"
how = ["看"]
answer = "选择"
options = ["是", "否"]
of = "本次"

[[header]]
code = "GY-H3"
key = "检查面积"
how = ["量"]
answer = "实测"
measure_unit = "㎡"
required = false
of = "本次"

[[sections]]
title = "园容"

[[sections.items]]
code = "GY-01"
text = "路面无垃圾"
how = ["看", "数"]
answer = "计数"
measure_unit = "处"
at_most = [["一级", 0], ["二级", 2]]
limit_by = "公园等级"
severity = "一般"
weight = 6
per_occurrence = 1.5
time_limit = "立行立改"
lead = "公园管理处"
help = ["环卫"]
wordings = ["{位置}有垃圾{数量}处", "{位置}实有{实测}处，应不超过{限值}处"]
tags = ["保洁"]
clause = { source = "本表自拟", status = "自拟" }

[[sections.items]]
code = "GY-02"
text = "围栏高度"
how = ["量"]
answer = "实测"
measure_unit = "m"
decimals = 2
at_least = 1.05
severity = "严重"
weight = 4
time_limit = "5个工作日"
lead = "公园管理处"
wordings = ["{位置}围栏高{实测}m，应不低于{限值}m"]
clause = { source = "本表自拟", status = "自拟" }

[[sections.items]]
code = "GY-03"
text = "亮灯率"
how = ["数"]
answer = "比例"
numerator = "亮灯盏数"
denominator = "检查盏数"
measure_unit = "盏"
at_least = 98
severity = "一般"
weight = 5
time_limit = "24小时"
lead = "电力"
wordings = ["{位置}亮灯率{比例}%（{合格数}/{总数}）"]
tags = ["亮化"]
clause = { source = "本表自拟", status = "自拟" }
otherwise = "未检·非夜间"

[[sections.items.conditions]]
header = "是否夜间"
in = ["是"]

[[sections]]
title = "管理"

[[sections.items]]
code = "GY-04"
text = "公告栏"
how = ["看"]
answer = "选择"
options = ["完好", "破损", "没有"]
passing = ["完好"]
severity = "一般"
weight = 5
photo_required = false
time_limit = "3自然日"
lead = "公园管理处"
clause = { source = "本表自拟", status = "自拟" }

[[sections.items]]
code = "GY-05"
text = "游乐设施有检验合格标志"
how = ["查资料"]
answer = "判定"
severity = "一票否决"
weight = 10
time_limit = "4工作时"
lead = "市场监管"
party = ["物业"]
clause = { source = "本表自拟", status = "自拟" }

[[sections.items]]
code = "GY-06"
text = "草坪无裸露"
how = ["看"]
answer = "判定"
severity = "一般"
weight = 10
time_limit = "30自然日"
lead = "园林"
clause = { source = "本表自拟", status = "自拟" }

[[sections.items]]
code = "GY-07"
text = "其他"
how = ["看"]
answer = "文字"
severity = "一般"
weight = 0
time_limit = "3个工作日"
lead = "公园管理处"
photo_required = false
clause = { source = "本表自拟", status = "自拟" }
"""

FORM = read_form(TEXT, where="GY.toml")
DAY = {"GY-H1": "一级", "GY-H2": "否"}
NIGHT = {"GY-H1": "二级", "GY-H2": "是"}
