"""Write the list of common Chinese passwords: common bases and the digits people put behind them.

No package carries such a list, and none of leaked passwords was copied: the bases are what is publicly known to be chosen in China
(names in pinyin, places, firms, phrases, keyboard rows), so the list is a model of habits and no measurement of frequency.
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

TARGET = Path(__file__).parents[2] / "layers/common/expertgate/forms/data/common_passwords.txt"

SURNAMES = """wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang
deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lv ding ren shen yao lu cui zhong tan fan
jin shi liao jia xia fu fang bai zou meng xiong qin qiu hou yin xue yan lei long tao shao qian wan dai mo kong xiang chang""".split()  # noqa: SIM905
GIVEN = """wei fang na min jing li qiang lei jun yang yong yan jie juan tao ming chao xia ping gang hui hong bin bo peng fei
hao jian kai lin ling mei ning qing rui shan ting xin xue yi ying yu yuan yun zhen zhi xiaoming xiaohong xiaoli xiaoyan xiaofei
xiaobo xiaojun xiaolong zhiqiang jianguo jianjun jianhua guoqiang weiwei tingting lili jingjing dandan yingying fangfang
xiuying guiying yuhua haiyan haitao xiaodong zhigang wenjun yulan yuzhen""".split()  # noqa: SIM905
WORDS = """woaini woaiwo woaini1314 woaini520 aini iloveyou loveyou wodemima mima mimamima wangjile wangji buzhidao bukaixin
nihao nihaoma laopo laogong baobao baobei beibei meimei gege jiejie didi mama baba mamababa babamama jiayou kuaile xingfu pengyou
zhongguo china zhonghua renmin gongheguo beijing shanghai tianjin chongqing guangzhou shenzhen hangzhou nanjing wuhan chengdu xian
suzhou qingdao dalian shenyang changchun harbin haerbin jinan zhengzhou changsha hefei fuzhou xiamen nanchang kunming guiyang nanning
haikou lanzhou xining yinchuan wulumuqi lasa huhehaote shijiazhuang taiyuan handan tangshan baoding ningbo wenzhou wuxi foshan dongguan
zhuhai sanya xianggang aomen taiwan hebei shanxi liaoning jilin heilongjiang jiangsu zhejiang anhui fujian jiangxi shandong henan hubei
hunan guangdong guangxi hainan sichuan guizhou yunnan xizang shaanxi gansu qinghai ningxia xinjiang neimenggu huabei dongbei xibei
qinghua tsinghua beida pku fudan zheda jiaoda daxue xuexiao university huawei xiaomi tencent tengxun alibaba taobao zhifubao alipay
wechat weixin baidu jingdong meituan lenovo lianxiang haier geli jianhang gongshang nonghang yidong liantong dianxin chinamobile
password passwd passw0rd admin administrator root test demo user guest system manager master welcome letmein login default changeme
qwerty qwertyuiop qwert asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc wasd qwer poiuytrewq lkjhgfdsa
onetwothree abcd abcde abcdef abcdefg abcdefgh abcabc aabbcc aaaa aaaaaa qqqq qqqqqq dragon monkey sunshine princess football
superman michael jordan kobe iphone apple google windows microsoft computer internet diannao shouji dianhua shenfenzheng
waiguozhuanjia waizhuan waiguo zhuanjia waiguoren waiguorenlaihua zhuanjiaju waiguozhuanjiaju xiangmu guanli guanliyuan danwei
gongsi youxian jituan keji kexue jishu renshe renshebu rencai zhengwu fuwu pingtai zhanghao denglu yonghu yonghuming guojia
zhongguoren zhonghuarenmin aiguo gongchandang jiefangjun longlong feifei tiantian xiaoxiao xiaobao xiaogou xiaomao xiaozhu
fengkuang shijie shijiebei aoyun xinnian xinniankuaile gongxifacai facai facaila hongbao fugui pingan jixiang ruyi shunli
daxiang laohu shizi tiger happy lucky lovely forever angel baby candy cookie love money""".split()  # noqa: SIM905
SHORT = """a b c q w z x s aa aaa ab abc abcd ac ad qq qqq qw qwe qaz wsx as asd zx zxc zz xx ww ss www woai ai wo wo520 lo
cn hb bj sh gd sz zw wy wl lx ly zy lj zj cy cj hy xy yy yl mm ll jj dd tt hh""".split()  # noqa: SIM905
DIGITS = """123 1234 12345 123456 1234567 12345678 123456789 1234567890 123123 123321 123123123 112233 11223344 121212 111111
1111111 11111111 000000 00000000 888888 88888888 666666 66666666 999999 520520 5201314 1314520 1314521 521521 5211314 147258
147258369 258369 789456 789456123 159357 159753 987654321 87654321 7654321 654321 54321 110120 110119 321321 456789 456456 789789
100200 101010 012345 0123456 01234567 012345678 0123456789 102030 168168 5201314520 7758521 7758258 1qaz2wsx 163""".split()  # noqa: SIM905
WHOLE = """a1b2c3 a1b2c3d4 a1b2c3d4e5 1a2b3c 1a2b3c4d q1w2e3 q1w2e3r4 q1w2e3r4t5 1q2w3e 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx
1qaz2wsx3edc 1qaz2wsxedc qaz123wsx zaq12wsx zaq1xsw2 qwe123qwe asd123asd abc123abc 123abc123 123qweasd 123qwe123 1234qwer 123qwe 12qwaszx
woaini1314520 5201314woaini 520woaini qq123456qq p@ssw0rd admin888 admin123admin root123root""".split()  # noqa: SIM905
HEADER = "# Written by infra/catalogue/common_passwords.py: a model of habits, not a leaked list. Lower case, one a line."


def entries() -> Iterator[str]:
    """Every entry: stems that stand for themselves with any digits behind, and short stems with the digits people choose."""
    yield from WORDS
    yield from WHOLE
    yield from (surname + given for surname, given in product(SURNAMES, GIVEN))
    yield from (stem + digits for stem, digits in product(SHORT, DIGITS))
    yield from (digits + stem for stem, digits in product(SHORT, DIGITS))
    yield from (stem + str(year) for stem, year in product(SHORT, range(1960, 2031)))


def text() -> str:
    """The list as it is shipped."""
    return "\n".join([HEADER, *sorted(set(entries()))]) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), "utf-8")
    print(f"{len(set(entries()))} entries")
