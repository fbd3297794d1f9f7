"""The words of credits in some languages, as patterns with slots: a table, and how a writer's own words go into it.

Not the credit itself: `credits/words` fills the slots.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SLOT = re.compile(r"\{(\w+)\}")
"""A slot of a pattern; the group is its name."""

ENGLISH: Mapping[str, str] = {
    "label": "Photo credit:",
    "labels": "Photo credits:",
    "titled": "{title} by {creator}",
    "untitled": "{photo} by {creator}",
    "photo": "Photo",
    "platform": "{work} on {platform}",
    "source": "{work} via {source}",
    "and": "{first} and {last}",
    "permission": "Used with permission",
    "restrictions": "no known copyright restrictions",
    "cropped": "cropped",
    "licensing": "Licensing",
    "reserved": "All rights reserved",
    "pin": "Pin it",
    "comma": ", ",
    "stop": ". ",
}
"""Every word, by name. Slots in braces are filled, in whatever order a language has them."""
_WORDS: Mapping[str, Mapping[str, str]] = {
    "ar": {
        "label": "حقوق الصورة:",
        "labels": "حقوق الصور:",
        "titled": "{title}، تصوير {creator}",
        "untitled": "{photo} من تصوير {creator}",
        "photo": "صورة",
        "platform": "{work} على {platform}",
        "source": "{work} عبر {source}",
        "and": "{first} و{last}",
        "permission": "منشورة بإذن",
        "restrictions": "لا قيود معروفة على حقوق النشر",
        "cropped": "مقصوصة",
        "licensing": "الترخيص",
        "reserved": "جميع الحقوق محفوظة",
        "pin": "ثبّت الصورة",
        "comma": "، ",
    },
    "de": {
        "label": "Bildnachweis:",
        "labels": "Bildnachweise:",
        "titled": "{title} von {creator}",
        "untitled": "{photo} von {creator}",
        "photo": "Foto",
        "platform": "{work} auf {platform}",
        "and": "{first} und {last}",
        "permission": "Mit Genehmigung verwendet",
        "restrictions": "keine bekannten urheberrechtlichen Einschränkungen",
        "cropped": "zugeschnitten",
        "licensing": "Lizenzierung",
        "reserved": "Alle Rechte vorbehalten",
        "pin": "Merken",
    },
    "es": {
        "label": "Crédito de la foto:",
        "labels": "Créditos de las fotos:",
        "titled": "{title}, de {creator}",
        "untitled": "{photo} de {creator}",
        "photo": "Foto",
        "platform": "{work} en {platform}",
        "source": "{work}, vía {source}",
        "and": "{first} y {last}",
        "permission": "Con permiso",
        "restrictions": "sin restricciones de derechos de autor conocidas",
        "cropped": "recortada",
        "licensing": "Licencias",
        "reserved": "Todos los derechos reservados",
        "pin": "Guardar",
    },
    "fr": {
        "label": "Crédit photo\u202f:",
        "labels": "Crédits photo\u202f:",
        "titled": "{title}, par {creator}",
        "untitled": "{photo} de {creator}",
        "photo": "Photo",
        "platform": "{work} sur {platform}",
        "and": "{first} et {last}",
        "permission": "Avec autorisation",
        "restrictions": "aucune restriction de droit d’auteur connue",
        "cropped": "recadrée",
        "licensing": "Licences",
        "reserved": "Tous droits réservés",
        "pin": "Épingler",
    },
    "it": {
        "label": "Crediti fotografici:",
        "labels": "Crediti fotografici:",
        "titled": "{title} di {creator}",
        "untitled": "{photo} di {creator}",
        "photo": "Foto",
        "platform": "{work} su {platform}",
        "and": "{first} e {last}",
        "permission": "Per gentile concessione",
        "restrictions": "nessuna restrizione di copyright nota",
        "cropped": "ritagliata",
        "licensing": "Licenze",
        "reserved": "Tutti i diritti riservati",
        "pin": "Salva",
    },
    "ja": {
        "label": "写真クレジット：",
        "labels": "写真クレジット：",
        "titled": "{title}（撮影：{creator}）",
        "untitled": "{photo}：{creator}",
        "photo": "写真",
        "platform": "{work}（{platform}）",
        "source": "{work}（{source}より）",
        "and": "{first}、{last}",
        "permission": "許可を得て掲載",
        "restrictions": "既知の著作権制限なし",
        "cropped": "トリミング済み",
        "licensing": "ライセンスについて",
        "reserved": "無断転載を禁じます",
        "pin": "ピンに保存",
        "comma": "、",
        "stop": "。",
    },
    "nl": {
        "label": "Fotoverantwoording:",
        "labels": "Fotoverantwoording:",
        "titled": "{title} door {creator}",
        "untitled": "{photo} van {creator}",
        "photo": "Foto",
        "platform": "{work} op {platform}",
        "and": "{first} en {last}",
        "permission": "Gebruikt met toestemming",
        "restrictions": "geen bekende auteursrechtelijke beperkingen",
        "cropped": "bijgesneden",
        "licensing": "Licenties",
        "reserved": "Alle rechten voorbehouden",
        "pin": "Bewaren",
    },
    "pt": {
        "label": "Crédito da foto:",
        "labels": "Créditos das fotos:",
        "titled": "{title}, de {creator}",
        "untitled": "{photo} de {creator}",
        "photo": "Foto",
        "platform": "{work} no {platform}",
        "and": "{first} e {last}",
        "permission": "Com permissão",
        "restrictions": "sem restrições de direitos autorais conhecidas",
        "cropped": "recortada",
        "licensing": "Licenças",
        "reserved": "Todos os direitos reservados",
        "pin": "Salvar",
    },
}


def wording(language: str, own: Mapping[str, str]) -> dict[str, str]:
    """Return the words for a language (BCP 47: `de`, `pt-BR`), the writer's `own` before ours, English for want."""
    return {**ENGLISH, **_WORDS.get(language.replace("_", "-").split("-")[0].lower(), {}), **own}
