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
    "and": "and",
    "permission": "Used with permission",
    "restrictions": "no known copyright restrictions",
    "cropped": "cropped",
    "licensing": "Licensing",
}
"""Every word, by name. Slots in braces are filled, in whatever order a language has them."""
_WORDS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "label": "Bildnachweis:",
        "labels": "Bildnachweise:",
        "titled": "{title} von {creator}",
        "untitled": "{photo} von {creator}",
        "photo": "Foto",
        "platform": "{work} auf {platform}",
        "and": "und",
        "permission": "Mit Genehmigung verwendet",
        "restrictions": "keine bekannten urheberrechtlichen Einschränkungen",
        "cropped": "zugeschnitten",
        "licensing": "Lizenzierung",
    },
    "es": {
        "label": "Crédito de la foto:",
        "labels": "Créditos de las fotos:",
        "titled": "{title}, de {creator}",
        "untitled": "{photo} de {creator}",
        "photo": "Foto",
        "platform": "{work} en {platform}",
        "source": "{work}, vía {source}",
        "and": "y",
        "permission": "Con permiso",
        "restrictions": "sin restricciones de derechos de autor conocidas",
        "cropped": "recortada",
        "licensing": "Licencias",
    },
    "fr": {
        "label": "Crédit photo\u202f:",
        "labels": "Crédits photo\u202f:",
        "titled": "{title}, par {creator}",
        "untitled": "{photo} de {creator}",
        "photo": "Photo",
        "platform": "{work} sur {platform}",
        "and": "et",
        "permission": "Avec autorisation",
        "restrictions": "aucune restriction de droit d’auteur connue",
        "cropped": "recadrée",
        "licensing": "Licences",
    },
    "it": {
        "label": "Crediti fotografici:",
        "labels": "Crediti fotografici:",
        "titled": "{title} di {creator}",
        "untitled": "{photo} di {creator}",
        "photo": "Foto",
        "platform": "{work} su {platform}",
        "and": "e",
        "permission": "Per gentile concessione",
        "restrictions": "nessuna restrizione di copyright nota",
        "cropped": "ritagliata",
        "licensing": "Licenze",
    },
    "nl": {
        "label": "Fotoverantwoording:",
        "labels": "Fotoverantwoording:",
        "titled": "{title} door {creator}",
        "untitled": "{photo} van {creator}",
        "photo": "Foto",
        "platform": "{work} op {platform}",
        "and": "en",
        "permission": "Gebruikt met toestemming",
        "restrictions": "geen bekende auteursrechtelijke beperkingen",
        "cropped": "bijgesneden",
        "licensing": "Licenties",
    },
    "pt": {
        "label": "Crédito da foto:",
        "labels": "Créditos das fotos:",
        "titled": "{title}, de {creator}",
        "untitled": "{photo} de {creator}",
        "photo": "Foto",
        "platform": "{work} no {platform}",
        "and": "e",
        "permission": "Com permissão",
        "restrictions": "sem restrições de direitos autorais conhecidas",
        "cropped": "recortada",
        "licensing": "Licenças",
    },
}


def wording(language: str, own: Mapping[str, str]) -> dict[str, str]:
    """Return the words for a language (BCP 47: `de`, `pt-BR`), the writer's `own` before ours, English for want."""
    return {**ENGLISH, **_WORDS.get(language.replace("_", "-").split("-")[0].lower(), {}), **own}
