"""Words that every text of a language is full of, whatever it is about, folded; of the languages we know some of.

Not needed for a good list: the index finds out what tells nothing. Without them it is found in half the time, also in
a blog of ten posts, and no reason why posts are related reads "would".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_WRITTEN = {
    "de": "aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei beim bin bis bist "
    "da dabei dafür damit dann darum das dass dein deine dem den denn der des dich die dies diese diesem diesen "
    "dieser dieses dir doch dort du durch ein eine einem einen einer eines er es etwas euch für gar gegen hab "
    "habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in indem ins "
    "ist ja jede jedem jeden jeder jedes jetzt kann kannst kein keine keinem keinen keiner können könnte man "
    "manche mehr mein meine meinem meinen meiner mich mir mit muss müssen nach nicht nichts noch nun nur ob "
    "oder ohne sehr sein seine seinem seinen seiner selbst sich sie sind so solche soll sollte sondern um und "
    "uns unser unsere unter viel vom von vor war waren warum was weil wenn wer werde werden wie wieder will wir "
    "wird wo wollen würde zu zum zur zwischen über",
    "en": "a about all an and any are as at be been but by can could did do does for from had has have he her here "
    "him his how i if in into is it its just me more my no not of on or our out she so some than that the their "
    "them then there these they this those to up us was we were what when where which who will with would you "
    "your",
    "es": "a al algo alguna algunas alguno algunos ante antes aquel aquella así aun aunque cada como con contra cual "
    "cuando de del desde donde dos e el ella ellas ellos en entre era eran es esa esas ese eso esos esta estaba "
    "estado estamos estar estas este esto estos está están fue fueron ha hace hacer hacia han hasta hay he la "
    "las le les lo los me mi mientras mis mucho muy más mí nada ni no nos nosotros nuestra nuestro o os otra "
    "otras otro otros para pero poco por porque puede pueden que quien qué se sea ser si sido sin sobre solo "
    "somos son soy su sus sí sólo también tan tanto te tenemos tener tengo ti tiene tienen todo todos tu tus tú "
    "un una uno unos usted va vamos y ya yo él",
    "fr": "ai ainsi alors au aucun aussi autre autres aux avait avant avec avez avoir avons bien c ce cela celle ces "
    "cet cette ceux chaque chez ci comme comment d dans de depuis des deux dire dit doit donc dont du elle "
    "elles en encore entre es est et eu eux faire fait fois font ici il ils j je jusque l la le les leur leurs "
    "lors lui là m ma mais me mes moi moins mon même n ne ni nos notre nous on ont ou où par parce pas peu peut "
    "plus pour pourquoi puis qu quand que quel quelle qui quoi s sa sans se sera ses si sien son sont sous sur "
    "t ta tant te tes toi ton tous tout toute toutes très tu un une va vers voir vos votre vous y à étaient "
    "était été être",
    "it": "a ad ai al alla alle allo anche ancora avere aveva c che chi ci come con contro cosa così cui d da dagli "
    "dai dal dalla dalle dei del della delle dello dentro di dopo dove due e ed era erano essere fa fare fino "
    "fra gli ha hai hanno ho i il in io l la le lei li lo loro lui ma me mentre mi mia mie miei mio molto ne "
    "nei nel nella nelle nello no noi non nostra nostro o ogni per perché però più poi prima proprio può qua "
    "qual quale quando quanto quella quelle quelli quello questa queste questi questo qui sarà se sei senza si "
    "sia siamo siete solo sono sopra sotto stata stato su sua sue sugli sui sul sulla suo suoi te ti tra tu tua "
    "tuo tutti tutto un una uno va vi voi è",
    "nb": "alle alt at av bare begge ble blei bli blir da de deg dem den denne der deres det dette din disse du eller "
    "en enn er et ett etter for fordi fra få går ha hadde han hans har hennes her hun hva hvem hver hvis hvor "
    "hvordan hvorfor i ikke ingen inn jeg kan kom kunne man mange med meg men mer mest min mot mye må noe noen "
    "nå når og også om opp oss over på sa seg selv si sin sitt skal skulle slik som så til um under ut var ved "
    "vel vi vil ville være vært å",
    "nl": "aan al alle alleen als altijd ander andere ben bij daar dan dat de der deze die dit doch doen door dus een "
    "en er ge geen geweest haar had heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je kan "
    "kon kunnen maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat ons ook op over reeds "
    "te tegen toch toen tot u uit uw van veel voor want waren was wat we wel werd wezen wie wij wil worden zal "
    "ze zei zelf zich zij zijn zo zonder zou",
    "pl": "a aby albo ale ani bardzo bez bo by być był była było były będzie co czy dla do gdy gdzie go i ich ile im "
    "inne innych ja jak jako jego jej jest jestem jeszcze jeśli już każdy kiedy kto która które którego której "
    "który których którym którzy ma mają mi mnie może można my mój na nad nam nas nasz nawet nic nich nie niej "
    "nim niż o od on ona one oni oraz po pod ponieważ poza przed przez przy raz się są ta tak także tam te tego "
    "tej ten to tu tych tylko tym u w we więc wszystko z za ze że żeby",
    "pt": "a ao aos as até com como da das de dela dele deles depois do dos e ela elas ele eles em entre era eram "
    "essa esse esta estava este está estão eu foi foram há isso isto já lhe mais mas me mesmo meu minha muito "
    "na nas nem no nos nossa nosso num numa não nós o os ou para pela pelas pelo pelos por porque qual quando "
    "que quem se sem ser seu seus sua suas são só também te tem tinha tu um uma você vocês à é",
    "ru": "а без более бы был была были было быть в вам вас ведь весь во вот все всего всех всё вы где да даже для до "
    "его ее если есть еще ещё её же за здесь и из или им их к как какая какой когда кто ли либо между меня мне "
    "много может мой моя мы на над надо наш не него нее нет неё ни них но ну о об он она они оно от очень перед "
    "по под после потом потому почти при про с сам свой себе себя сейчас со так также такой там те тебя тем то "
    "тогда того тоже той только том тот три тут ты у уж уже хоть чего чем через что чтобы чуть эта эти это "
    "этого этой этом этот я",
    "sv": "alla allt att av bara blev bli blir de dem den denna deras dess det detta dig din dit du där då efter ej "
    "eller en er ett från få för ha hade han hans har hela henne hennes hon hur här i icke ingen inom inte jag "
    "kan kunde man med mellan men mig min mot mycket ni nu när någon något några och också om oss på samma "
    "sedan sig sin sitt ska skulle som så till under upp ut utan vad var vara vi vid vilka vilken vill är även "
    "över",
}
FUNCTION_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.casefold().split()) for language, words in _WRITTEN.items()
}
"""The words by language, as the first part of a language tag (BCP 47) names it; Danish and Nynorsk share Bokmål's."""


def of_language(tag: str) -> frozenset[str]:
    """Return the function words of a language, such as "en-GB"; none where we know none."""
    language = tag.partition("-")[0].casefold()
    return FUNCTION_WORDS.get({"da": "nb", "nn": "nb", "no": "nb"}.get(language, language), frozenset())
