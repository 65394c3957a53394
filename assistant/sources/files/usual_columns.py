"""What exports call the fields of an article, in the languages that newsrooms write."""

from __future__ import annotations

# The likeliest first; in lower case, without accents, with _ for " " and "-".
USUAL = {
    "id": "id article_id guid".split(),
    "title": "title headline heading subject titel uberschrift schlagzeile titre intitule titulo "
    "titular encabezado titolo manchete kop rubrik overskrift otsikko tytul titulek nadpis "
    "cim baslik titlu naslov заголовок название τιτλος title_rendered post_title".split(),
    "text": "text body content article full_text article_text article_body articlebody "
    "maintext story fulltext body_text content_text content_html html volltext artikeltext inhalt "
    "beitrag texte contenu corps texte_integral texto contenido cuerpo conteudo testo contenuto "
    "tekst inhoud artikel brodtext innehall teksti sisalto tresc obsah szoveg metin icerik "
    "continut текст содержание κειμενο post_content highlight".split(),
    "publisher": "publisher outlet publication source newspaper source_name site quelle medium "
    "zeitung publikation verlag journal editeur fuente medio periodico diario editorial "
    "fonte testata giornale jornal veiculo bron krant uitgever kalla tidning kilde avis lahde "
    "zrodlo gazeta zdroj noviny forras lap kaynak gazete sursa источник издание πηγη "
    "publication_title".split(),
    "author": "author authors byline writer creator autor autorin autoren verfasser auteur auteurs "
    "redacteur signature autora autores firma autore autori schrijver forfattare skribent "
    "forfatter kirjoittaja autorzy autori szerzo yazar автор авторы συγγραφεας".split(),
    "url": "url link address article_url canonical_url permalink uri adresse weblink lien enlace "
    "direccion indirizzo collegamento endereco lank lenke linkki odkaz adres ссылка адрес "
    "source_url".split(),
    "published": "published date published_at publishedat publish_date date_published "
    "datepublished publication_date pubdate pub_date published_date datum erscheinungsdatum "
    "veroffentlicht veroffentlichungsdatum erschienen date_de_publication date_publication publie "
    "fecha fecha_de_publicacion publicado data data_di_pubblicazione data_pubblicazione "
    "data_de_publicacao pubblicato publicatiedatum gepubliceerd publiceringsdatum publicerad dato "
    "udgivelsesdato publisert julkaistu data_publikacji datum_vydani datum_zverejneni megjelenes "
    "tarih yayin_tarihi дата дата_публикации ημερομηνια published_on "
    "post_date".split(),
    "updated": "updated updated_at date_modified datemodified modified last_modified aktualisiert "
    "geandert mis_a_jour modifie actualizado modificado aggiornato bijgewerkt uppdaterad "
    "opdateret zaktualizowano обновлено".split(),
    "tags": "tags tag keywords categories category labels section topics "
    "schlagworter schlagworte stichworte themen mots_cles "
    "etiquettes etiquetas palabras_clave parole_chiave trefwoorden nyckelord метки теги".split(),
}
