"""A small site with channels and two scenarios, to be changed by the tests."""

from __future__ import annotations

from tests.site_folder import SiteFolder

CHANNELS = """\
chat:
  kind: chat
  name: {zh: 客服, en: Chat}
  address: deposits/not-arrived
  open: {zone: Asia/Shanghai, weekly: {mon-fri: "09:00-18:00", sat: ["10:00-12:00", "13:00-17:00"]}, holidays: [2026-12-25]}
  reply: {usual: 3, longest: 15}
mail:
  kind: email
  name: {zh: 邮件, en: Mail}
  address: mailto:help@example.com
  endpoint: https://desk.example.com/messages
  locales: [en]
  official: [{kind: email, value: help@example.com}, {kind: domain, value: example.com}]
news:
  kind: social
  name: {zh: 动态, en: News}
  address: https://social.example.com/lamp
  public: true
"""
SCENARIOS = """\
language: zh
networks:
  trc20: {name: TRON, chain: tron}
fields:
  uid: {type: uid, digits: 9, label: {zh: UID, en: UID}}
  network: {type: network, label: {zh: 网络, en: Network}}
  story: {type: text, label: {zh: 经过, en: What happened}}
scenarios:
  deposit:
    name: {zh: 充币没到账, en: Deposit not arrived}
    articles: [deposits/not-arrived]
    fields: [uid, network]
    optional: [story]
    channels: [chat, mail]
    subject: {zh: "[充币][ UID {uid}]", en: "Deposit[ (UID {uid})]"}
    queries: {zh: [充币没有到账], en: [deposit not arrived]}
  risk:
    name: {zh: 有风险, en: At risk}
    urgency: danger
    articles: [security/phishing]
    fields: [story]
    channels: [mail]
    subject: {zh: 冻结, en: Freeze}
never_ask: {zh: [密码], en: [A password]}
danger:
  freeze: {zh: [先冻结], en: [Freeze it]}
  next: {zh: [改密码], en: [Change the password]}
  channels: [chat, mail]
  scenario: risk
"""


def with_support(site: SiteFolder, channels: str = CHANNELS, scenarios: str = SCENARIOS) -> SiteFolder:
    """The site with both data files."""
    site.write("content/_data/channels.yaml", channels)
    return site.write("content/_data/scenarios.yaml", scenarios)
