"""Locales beyond Chinese and English: questions in other forms of the words than the articles use find the article."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from helpgen.search import SearchDocument, Section, analyse_document, build_index, open_index, write_shards
from tests.search import make_vectors
from tests.search.conftest import RunNode

Article = tuple[str, str]

ARTICLES: Mapping[str, tuple[Article, ...]] = {
    "de": (
        ("Einzahlung ist nicht angekommen", "Die meisten Einzahlungen warten auf Bestätigungen im Netzwerk."),
        (
            "Gebühr für Auszahlungen",
            "Jede Auszahlung kostet eine feste Gebühr. Sie steht auf der Seite der Auszahlung.",
        ),
        ("Passwort zurücksetzen", "Sie erhalten eine E-Mail mit einem Link, über den Sie ein neues Passwort wählen."),
        ("Konto schließen", "Ein geschlossenes Konto kann nicht wieder geöffnet werden."),
        ("Telefonnummer ändern", "Ändern Sie die Nummer in den Einstellungen unter Sicherheit."),
    ),
    "fr": (
        ("Le dépôt n’est pas arrivé", "La plupart des dépôts attendent des confirmations du réseau."),
        ("Frais de retrait", "Chaque retrait coûte des frais fixes, indiqués avant la confirmation."),
        (
            "Réinitialiser le mot de passe",
            "Vous recevez un courriel avec un lien pour choisir un nouveau mot de passe.",
        ),
        ("Fermer un compte", "Un compte fermé ne peut pas être rouvert."),
        ("Changer de numéro de téléphone", "Modifiez le numéro dans les réglages de sécurité."),
    ),
    "es": (
        ("El depósito no ha llegado", "La mayoría de los depósitos espera confirmaciones de la red."),
        ("Comisión por retirada", "Cada retirada tiene una comisión fija que se muestra antes de confirmar."),
        ("Restablecer la contraseña", "Recibirá un correo con un enlace para elegir una contraseña nueva."),
        ("Cerrar la cuenta", "Una cuenta cerrada no se puede volver a abrir."),
        ("Cambiar el número de teléfono", "Cambie el número en los ajustes de seguridad."),
    ),
    "ru": (
        ("Пополнение не поступило", "Большинство пополнений ждёт подтверждений сети."),
        ("Комиссия за вывод средств", "Каждый вывод стоит фиксированную комиссию, она видна до подтверждения."),
        ("Сброс пароля", "Вы получите письмо со ссылкой, по которой можно выбрать новый пароль."),
        ("Закрытие аккаунта", "Закрытый аккаунт нельзя открыть снова."),
        ("Смена номера телефона", "Измените номер в настройках безопасности."),
    ),
    "ja": (
        ("入金が反映されない", "ほとんどの入金は、ネットワークの承認を待っています。"),
        ("出金の手数料", "出金ごとに固定の手数料がかかります。"),
        ("パスワードを再設定する", "新しいパスワードを選ぶためのリンクをメールで送ります。"),
        ("アカウントを閉鎖する", "閉鎖したアカウントは、元に戻せません。"),
        ("電話番号を変更する", "セキュリティの設定で番号を変更できます。"),
    ),
    "ko": (
        ("입금이 도착하지 않았습니다", "대부분의 입금은 네트워크 확인을 기다리고 있습니다."),
        ("출금 수수료", "출금할 때마다 고정된 수수료가 있습니다."),
        ("비밀번호 재설정", "새 비밀번호를 정할 수 있는 링크를 이메일로 보내 드립니다."),
        ("계정 해지", "해지한 계정은 다시 열 수 없습니다."),
        ("전화번호 변경", "보안 설정에서 번호를 바꿀 수 있습니다."),
    ),
}

# A question, and the number of the article that answers it.
QUESTIONS: Mapping[str, tuple[tuple[str, int], ...]] = {
    "de": (
        ("Wo bleiben meine Einzahlungen?", 0),
        ("Wie hoch sind die Gebühren?", 1),
        ("Ich habe meine Passwörter vergessen", 2),
        ("gebuhren auszahlung", 1),
        ("Konten schließen", 3),
        ("telefonnumer", 4),
    ),
    "fr": (
        ("Où sont mes dépôts ?", 0),
        ("combien coûtent les retraits", 1),
        ("fermer mes comptes", 3),
        ("j’ai oublié mes mots de passe", 2),
        ("numeros de telephone", 4),
    ),
    "es": (
        ("¿Dónde están mis depósitos?", 0),
        ("comisiones de las retiradas", 1),
        ("olvidé mis contraseñas", 2),
        ("quiero cerrar mis cuentas", 3),
        ("numeros de telefono", 4),
    ),
    "ru": (
        ("где моё пополнение", 0),
        ("комиссии при выводе", 1),
        ("забыла пароль", 2),
        ("потерял пароли", 2),
        ("закрыть аккаунты", 3),
        ("новый номер телефона", 4),
    ),
    "ja": (
        ("入金が届かない", 0),
        ("出金手数料はいくらですか", 1),
        ("パスワードを忘れました", 2),
        ("アカウント閉鎖", 3),
        ("ﾊﾟｽﾜｰﾄﾞ", 2),
        ("電話番号", 4),
    ),
    "ko": (
        ("입금했는데 도착하지 않아요", 0),
        ("출금 수수료가 얼마예요?", 1),
        ("비밀번호를 잊어버렸어요", 2),
        ("계정을 해지하고 싶어요", 3),
        ("전화번호를 바꾸려면", 4),
    ),
}


def files(locale: str) -> dict[str, bytes]:
    documents = (
        SearchDocument(
            key=f"{locale}/{number}",
            locale=locale,
            url=f"{locale}/{number}/",
            title=title,
            sections=(Section(anchor="", heading="", text=text),),
        )
        for number, (title, text) in enumerate(ARTICLES[locale])
    )
    return write_shards(build_index(map(analyse_document, documents)))


@pytest.mark.parametrize("locale", ARTICLES)
def test_other_forms_of_the_words_find_the_article(locale: str) -> None:
    index = open_index(files(locale).__getitem__)
    wrong = {
        query: [hit.title for hit in index.search(query).hits]
        for query, number in QUESTIONS[locale]
        if [hit.key for hit in index.search(query, limit=1).hits] != [f"{locale}/{number}"]
    }
    assert wrong == {}


@pytest.mark.parametrize("locale", ARTICLES)
def test_client_answers_the_same(locale: str, run_node: RunNode) -> None:
    made = files(locale)
    index = open_index(made.__getitem__)
    queries = [query[:length] for query, _ in QUESTIONS[locale] for length in range(1, len(query) + 1)]
    own = [json.loads(json.dumps(make_vectors.camel(index.search(query)))) for query in queries]
    texts = {name: data.decode() for name, data in made.items()}
    assert run_node("search.mjs", {"files": texts, "locale": locale, "queries": queries, "limit": 10}) == own


@pytest.mark.parametrize("locale", ["de", "fr", "es", "ru"])
def test_endings_are_those_that_snowball_takes_off(locale: str) -> None:
    manifest = json.loads(files(locale)["manifest.json"])
    assert manifest["endings"]
    assert all(0 < len(ending) <= 6 for ending in manifest["endings"])


@pytest.mark.parametrize("locale", ["ja", "ko"])
def test_runs_of_characters_need_no_endings(locale: str) -> None:
    assert json.loads(files(locale)["manifest.json"])["endings"] == []
