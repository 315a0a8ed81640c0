"""A small help centre in two languages, written for these tests: articles, a FAQ, questions, keywords, a boost."""

from __future__ import annotations

from helpgen.search import SearchDocument, Section, Synonyms


def documents(locale: str) -> tuple[SearchDocument, ...]:
    """The documents of one locale, "zh" or "en"."""
    return {"zh": _CHINESE, "en": _ENGLISH}[locale]


def _article(
    key: str,
    title: str,
    *sections: tuple[str, str, str],
    questions: tuple[str, ...] = (),
    keywords: tuple[str, ...] = (),
    boost: float = 1.0,
    faq: bool = False,
    platforms: tuple[str, ...] = (),
) -> SearchDocument:
    return SearchDocument(
        key=key,
        locale=key[:2],
        url=f"{key}/",
        title=title,
        path=(key.split("/")[1].capitalize(),),
        sections=tuple(Section(anchor=anchor, heading=heading, text=text) for anchor, heading, text in sections),
        questions=questions,
        keywords=keywords,
        boost=boost,
        platforms=platforms,
        kind="faq" if faq else "article",
    )


_CHINESE = (
    _article(
        "zh/deposits/not-arrived",
        "充值没有到账怎么办",
        ("", "", "充值后长时间没有到账，多数是区块链网络拥堵。请先在链上查询交易状态，再联系客服。"),
        (
            "h-network",
            "网络选错了",
            "如果充值时选错了网络，资产可能无法自动找回。请提交找回申请，并附上交易哈希（TxID）。",
        ),
        ("h-memo", "忘记填写 Memo 或 Tag", "部分币种充值需要填写 Memo/Tag。漏填时，系统无法识别您的账户。"),
        questions=("钱转过去了怎么还没到", "我充的币去哪了"),
        keywords=("掉单", "入金"),
    ),
    _article(
        "zh/deposits/withdraw-delay",
        "提币一直在处理中",
        ("", "", "提币申请提交后会经过风控审核，通常在三十分钟内完成。大额提币可能需要人工审核。"),
        ("h-cancel", "可以取消提币吗", "处于「审核中」的提币可以取消；已经上链的提币无法撤回。"),
        questions=("提现怎么还没到账",),
    ),
    _article(
        "zh/security/2fa-reset",
        "重置谷歌验证（2FA）",
        ("", "", "手机丢失或更换后，可以申请重置谷歌验证。重置后二十四小时内不能提币。"),
        ("h-steps", "操作步骤", "打开登录页面，点击「无法使用验证码」，按提示完成人脸识别。"),
        keywords=("谷歌验证器", "验证码", "二次验证"),
        platforms=("ios", "android"),
    ),
    _article(
        "zh/security/phishing",
        "如何识别钓鱼网站和诈骗短信",
        ("", "", "官方不会索要您的密码、验证码和助记词。收到可疑短信时，请用官方验证通道核对。"),
        boost=1.2,
    ),
    _article(
        "zh/trading/order-types",
        "限价单与市价单的区别",
        ("", "", "限价单按您指定的价格或更优的价格成交；市价单按当前市场价格立即成交。"),
        ("h-stop", "止盈止损", "止盈止损单在价格到达触发价后，自动提交限价单或市价单。"),
    ),
    _article(
        "zh/account/faq",
        "账户常见问题",
        ("", "", "关于注册、登录和身份认证的常见问题。"),
        ("h-q-mail", "收不到验证邮件怎么办？", "请检查垃圾邮件，并把我们的地址加入白名单。"),
        ("h-q-close", "如何注销账户？", "在账户设置里选择「注销账户」。注销前请提走全部资产。"),
        ("h-q-kyc", "身份认证为什么被拒绝？", "常见原因：证件照片模糊、证件过期、姓名与注册信息不一致。"),
        faq=True,
    ),
    _article(
        "zh/about/japanese",
        "日本語サポート ひらがな・カタカナ",
        ("", "", "入金が反映されない場合は、サポートまでお問い合わせください。한국어 지원도 있습니다."),
    ),
)

_ENGLISH = (
    _article(
        "en/deposits/not-arrived",
        "My deposit has not arrived",
        ("", "", "Most late deposits wait for the network. Look the transaction up on chain before you contact us."),
        (
            "h-network",
            "Wrong network",
            "A deposit sent over the wrong network isn't lost. Ask for a recovery with its TxID.",
        ),
        (
            "h-memo",
            "Missing memo or tag",
            "Some coins need a memo or tag. Without it we cannot tell whose deposit it is.",
        ),
        questions=("where is my money", "I sent coins and they never showed up"),
        keywords=("missing deposit",),
    ),
    _article(
        "en/deposits/withdraw-delay",
        "Withdrawal still processing",
        ("", "", "Withdrawals are reviewed within 30 minutes. Large withdrawals are reviewed by a person."),
        ("h-cancel", "Cancelling a withdrawal", "A withdrawal under review can be cancelled; one on chain cannot."),
    ),
    _article(
        "en/security/2fa-reset",
        "Reset two-factor authentication (2FA)",
        ("", "", "If you've lost your phone, ask for a reset. You can't withdraw for 24 hours after it."),
        keywords=("authenticator", "Google Authenticator"),
        platforms=("ios", "android"),
    ),
    _article(
        "en/security/phishing",
        "Telling phishing sites and scam messages",
        ("", "", "We never ask for your password, codes or seed phrase. Check suspicious messages at the verifier."),
        boost=1.2,
    ),
    _article(
        "en/trading/order-types",
        "Limit orders and market orders",
        ("", "", "A limit order trades at your price or a better one. A market order trades at once. Fees are 0.1 %."),
        ("h-stop", "Stop orders", "A stop order places a limit or market order when the trigger price is reached."),
    ),
    _article(
        "en/account/faq",
        "Account questions",
        ("", "", "Questions about signing up, signing in and identity verification."),
        ("h-q-mail", "I don't get the verification e-mail", "Look in the spam folder and add our address."),
        ("h-q-close", "How do I close my account?", "Choose Close account in the settings. Withdraw everything first."),
        (
            "h-q-kyc",
            "Why was my identity verification refused?",
            "Blurred photos and expired documents are common reasons.",
        ),
        faq=True,
    ),
    _article(
        "en/about/names",
        "Café, naïve & Ångström: <script>alert(1)</script>",
        (
            "",
            "",
            "Ｆｕｌｌ－ｗｉｄｔｈ letters, ﬁ ligatures, e\u0301 with a loose accent, \ud83d\ude00 and constructor __proto__.",
        ),
    ),
)

SYNONYMS = {
    "zh": Synonyms(two_way=(("提现", "提币", "出金"), ("双重验证", "谷歌验证", "2FA")), one_way=(("被盗", "钓鱼"),)),
    "en": Synonyms(
        two_way=(("payout", "withdrawal"), ("two step", "two-factor")), one_way=(("stolen", "phishing sites"),)
    ),
}

QUERIES = {
    "zh": (
        "提币没到", "充值没到账", "充值沒有到帳", "重置2fa", "２ＦＡ", "验证码", "memo", "Mem", "txid 哪里查", "如何注销账户",
        "身份认证被拒", "限价单 市价单", "限", "ひらがな", "入金", "한국어", "钓鱼网站怎么识别", "提bi", "掉单", "我充的币去哪了", "谷歌",
        "量子力学", "的", "？！", "tibi", "chongzhi meidao", "chong zhi mei dao zhang", "czmydz", "diaoyuwang", "xianjiadan",
        "zhongzhi guge yanzheng", "tibi usdt", "充值 meiyou", "出金", "出金 处理", "雙重驗證", "被盗", "2fa 双重",
        "xian", "fangan", "shenfenr",
    ),
    "en": (
        "deposit", "deposits not arrived", "depositing", "withdrawl", "withdrawing money", "where is my money?", "2fa", "2f", "limit ord",
        "close account", "why was my verification refused", "autenticator", "isnt lost", "isn't lost", "cafe", "Ångström", "full-width",
        "constructor", "__proto__", "market orders limit", "zzzzz", "the", "a", "phishing sties", "seed phrase", "0.1 %", "fi ligatures",
        "payout",
        "payouts slow", "two step", "stolen", "step two",
    ),
}  # fmt: skip

# What readers, robots and attackers put into a search box.
HOSTILE = (
    "", " ", "\t\n", "?", "。，！", "\x00", "a\x00b", "\ud83d", "提\udc00币", "\ufffe", "\u202e提币\u202c", "\u200b", "\u00ad",
    "__proto__", "constructor prototype", "hasOwnProperty toString", ".*+?^${}()|[]\\", "(?:a+)+$", "<img src=x onerror=alert(1)>",
    "'; DROP TABLE x; --", "../../etc/passwd", "%00%ff", "a" * 10_000,
    "提" * 10_000, "提币 " * 3_000, "a b " * 2_500, "1 2 3 " * 1_000,
    "é" * 500, "e\u0301" * 500, "\u0301" * 50, "\u1100\u1161\u11a8" * 40, "\U0001f469\u200d\U0001f4bb", "𠀀𠀁", "ﷺ", "İ", "ΣΑΣ ς", "ǅ",
)  # fmt: skip
