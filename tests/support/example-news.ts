/**
 * A day's news of an invented press. One line an item, in order of arrival:
 * section | publisher | marks | story | title | teaser
 * Lines with the same story word tell the same; a title's kicker ends at its first ": ".
 */
export const EXAMPLE_NEWS = `
politik|nordblatt||haushalt|Haushalt 2027: Koalition einigt sich auf zwölf Milliarden für Brücken und Schienen|Nach elf Stunden im Kanzleramt steht der Kompromiss. Der Finanzminister bekommt seine Ausgabenbremse, die Länder bekommen das Geld in drei Schritten – und die Opposition spricht von einem Haushalt aus Pappmaschee.
politik|tagesbote||haushalt|Koalition schnürt Milliardenpaket für marode Brücken|Zwölf Milliarden Euro sollen bis 2029 fließen. Was davon neu ist und was nur umgebucht wird.
politik|radio-elbe|audio|haushalt|Bund gibt zwölf Milliarden für Brücken und Schienen|Das Wichtigste zum Haushaltskompromiss in fünf Minuten.
politik|kurier|paywall|haushalt|Haushaltskompromiss: Wer gewinnt, wer zahlt|Die Rechnung geht auf, solange die Zinsen unter drei Prozent bleiben. Ein Blick in die Tabellen.
politik|echo|live|haushalt|Liveblog: Bundesrat stimmt noch heute über den Haushalt ab|Die Länderkammer tritt am Abend zusammen. Alle Entwicklungen im Überblick.
politik|bergwelt||haushalt|Milliarden für Brücken: Was in den Alpenländern ankommt|Von 214 gesperrten Übergängen liegen 31 im Süden.
politik|nordblatt||wahl|Landtagswahl im Nordwald: Drei Wochen vor der Abstimmung liegen fünf Parteien gleichauf|So eng war es noch nie. Die Meinungsforscher geben selbst zu, dass ihre Zahlen weniger wert sind als früher.
politik|echo||wahl|Umfrage im Nordwald: Kopf an Kopf bis zuletzt|Fünf Parteien trennen nur vier Punkte.
politik|tagesbote|||Ausschuss hört 43 Zeugen zum Fährunglück|Erstmals sagt auch die Reederei aus.
politik|radio-elbe|||Gemeinden fordern Geld für Schulbusse: „So geht es nicht weiter“|Der Städtebund legt eine Liste mit 900 gestrichenen Linien vor.
politik|kurier|paywall||Verteidigungsetat: Warum die Munition nicht ankommt|Die Fabriken laufen, die Verträge fehlen.
politik|bergwelt|||Neues Meldegesetz: Umziehen wird zur Sache von fünf Minuten|Ab März reicht eine Nachricht an das Amt am neuen Wohnort.
politik|echo|||Bürgerrat empfiehlt Wahlrecht ab sechzehn|160 ausgeloste Bürgerinnen und Bürger haben ein halbes Jahr beraten.
wirtschaft|kurier||zins|Leitzins: Zentralbank lässt die Zinsen überraschend unverändert|Die Märkte hatten fest mit einer Senkung gerechnet. Die Notenbankchefin verweist auf die Löhne und hält sich für Januar alles offen.
wirtschaft|nordblatt||zins|Zentralbank senkt die Zinsen nicht|Für Sparer ändert sich wenig, für Häuslebauer einiges.
wirtschaft|tagesbote||zins|Zinsentscheid: Warten auf den Januar|Was die Entscheidung für Kredite bedeutet.
wirtschaft|radio-elbe||zins|Leitzins bleibt bei 2,25 Prozent|Die Entscheidung fiel mit elf zu acht Stimmen.
wirtschaft|kurier|paywall||Goldpreis-Rekordhoch: Gelbes Edelmetall lässt die Zinsen links liegen|Zum ersten Mal kostet die Feinunze mehr als ein gebrauchter Kleinwagen.
wirtschaft|echo|||Werft in Niederhafen baut wieder Schiffe statt Plattformen|340 Beschäftigte kehren zurück. Der erste Auftrag: sechs elektrische Fähren.
wirtschaft|tagesbote|||Bäckereien: Jeder dritte Betrieb findet keine Nachfolge|Die Innung rechnet mit 1.200 Schließungen bis zum Ende des Jahrzehnts.
wirtschaft|technik||chips|Chipfabrik am Auwald: Die ersten Wafer kommen im Frühjahr|Zwei Jahre Verzug, doppelte Kosten, und trotzdem feiern alle.
wirtschaft|kurier||chips|Chipfabrik geht im Frühjahr in Betrieb|Der Landkreis rechnet mit 2.000 neuen Stellen.
wirtschaft|nordblatt|||Bahn verkauft Bahnhöfe an Gemeinden, für einen Euro das Stück|Wer zugreift, verpflichtet sich zu zwanzig Jahren Betrieb.
wirtschaft|bergwelt|||Schneemangel: Liftbetreiber setzen auf Sommerbetrieb|Rodelbahnen, Radwege, Rutschen: Der Winter ist nur noch Zugabe.
wissen|technik||komet|Komet „Lindqvist“: Der hellste Schweifstern seit dreißig Jahren ist mit bloßem Auge zu sehen|Am Abendhimmel im Südwesten, knapp über dem Horizont. Wer ihn sehen will, braucht freie Sicht und ein wenig Geduld.
wissen|echo|video|komet|Komet über dem Land: Die schönsten Bilder der Nacht|Leserinnen und Leser haben uns 4.000 Aufnahmen geschickt.
wissen|nordblatt||komet|Komet Lindqvist heute Abend am besten zu sehen|Wo, wann und womit: die Anleitung für drei Minuten Himmel.
wissen|technik|||Moore speichern mehr Kohlenstoff als gedacht|Neue Bohrkerne aus dem Wiedermoor stellen alte Schätzungen auf den Kopf.
wissen|tagesbote|paywall||Schlafforschung: Warum der zweite Wecker müde macht|Ein Team aus Lüttich hat 900 Menschen beim Aufwachen zugesehen.
wissen|radio-elbe|audio||Die Rückkehr des Störs: Ein Fisch findet heim|Nach vierzig Jahren laicht er wieder in der Elbe.
wissen|bergwelt|||Gletscher gibt Skistöcke aus dem Jahr 1912 frei|Der Fund hilft, die Fließgeschwindigkeit zu messen.
wissen|kurier|||Kernfusion: Achtzehn Minuten Plasma, und was daraus folgt|Der Rekord ist echt, das Kraftwerk bleibt fern.
netzwelt|technik||passkey|Abschied vom Passwort: Ab Januar verlangt das Bürgerportal Passkeys|Vierzig Millionen Konten werden umgestellt. Was man vorher tun sollte und was man getrost lassen kann.
netzwelt|nordblatt||passkey|Bürgerportal schafft Passwörter ab|Die wichtigsten Fragen und Antworten.
netzwelt|technik|||Open Source: Stadtverwaltung stellt 6.000 Rechner um|Diesmal soll es halten. Ein Besuch beim dritten Versuch.
netzwelt|echo|||Störung im Mobilfunk: Halb Niederhafen war stundenlang ohne Netz|Ein Bagger, ein Kabel, ein langer Vormittag.
netzwelt|kurier|paywall||Rechenzentren: Der Strom reicht, das Wasser nicht|Drei Gemeinden am Auwald stoppen die Genehmigung.
netzwelt|tagesbote|||RSS wird wieder gelesen: Warum Feeds zurückkommen|Kein Algorithmus, keine Werbung, keine Anmeldung. Eine alte Technik macht es richtig.
sport|echo|live|derby|Derby im Liveticker: Niederhafen führt zur Pause mit zwei zu null|Zwei Standards, zwei Kopfbälle. Die Gäste finden bisher kein Mittel.
sport|nordblatt||derby|Nordderby: Niederhafen gegen Elbstadt vor ausverkauftem Haus|Seit neun Jahren hat Niederhafen dieses Spiel nicht mehr gewonnen.
sport|radio-elbe|audio|derby|Derby: Niederhafen führt zur Pause|Die Halbzeit zum Nachhören.
sport|tagesbote||derby|Zwei Kopfbälle entscheiden das Nordderby fast schon zur Pause|Elbstadt enttäuscht.
sport|bergwelt|||Slalom in Hochried: Debütantin fährt mit Startnummer 47 aufs Podest|Niemand hatte sie auf der Rechnung, am wenigsten sie selbst.
sport|echo|||Schach-WM: Remis nach siebzig Zügen|Fünf Stunden, ein Endspiel und ein Händedruck.
sport|kurier|||Handball: Verband führt die Nachspielzeit ein|Die Schiedsrichter sind dafür, die Trainer nicht.
sport|nordblatt|||Marathon: Die Stadtläuferin, die nie trainiert|Sie trägt Post aus, zwanzig Kilometer am Tag.
sport|tagesbote|||Eisstadion bekommt doch ein neues Dach|Der Verein zahlt die Hälfte aus Spenden.
kultur|kulturblatt||buchpreis|Literatur: Der Herbstpreis geht an Mareike Thomsens Roman „Das lange Ufer“|Eine Familiengeschichte in zwölf Hochwassern. Die Jury lobt eine Sprache, „die steigt und fällt wie der Fluss“.
kultur|nordblatt||buchpreis|Mareike Thomsen gewinnt den Herbstpreis|Die Autorin aus Elbstadt setzte sich gegen fünf Mitbewerber durch.
kultur|radio-elbe|audio|buchpreis|Herbstpreis für „Das lange Ufer“: ein Gespräch mit Mareike Thomsen|Über Wasser, Mütter und das Weglassen.
kultur|kulturblatt|paywall||Oper am Hafen: Eine Inszenierung ohne Bühne, und sie geht auf|Das Publikum steht, die Sänger sitzen.
kultur|tagesbote|||Das Museum der Dinge, die niemand abholt|Im Fundbüro von Elbstadt wird ausgestellt.
kultur|echo|||Kino: Der stillste Film des Jahres hat kein einziges Wort|Und trotzdem lacht der ganze Saal.
kultur|kulturblatt|||Denkmalschutz: Die letzte Telefonzelle bleibt stehen|Sie steht am Deich und verbindet mit dem Wetterdienst.
kultur|kurier|||Plattenläden: Zurück zur Rille, aber leise|Der Umsatz wächst, die Läden schrumpfen.
gesellschaft|tagesbote||schule|Erstes Bundesland schafft die Hausaufgaben ab|Vom Sommer an bleiben die Hefte in der Schule. Eltern, Lehrkräfte und Kinder sind sich ausnahmsweise einig.
gesellschaft|nordblatt||schule|Schluss mit Hausaufgaben: Was Eltern jetzt wissen müssen|Sieben Fragen, sieben Antworten.
gesellschaft|radio-elbe|||Nachbarschaft: Ein Dorf teilt sich vier Autos|Seit zwei Jahren, ohne App, mit einem Schlüsselbrett.
gesellschaft|bergwelt|||Bergrettung: Mehr Einsätze, weniger Ehrenamtliche|Die Saison beginnt mit einem Aufruf.
gesellschaft|echo|||Mieten: Wo der Spiegel endlich sinkt|Neun Städte, neun Gründe.
gesellschaft|kurier|paywall||Erbschaften: Das Haus, das keiner will|Wenn vier Geschwister und ein Gutachten reichen.
reise|bergwelt||nachtzug|Nachtzug: Ab Mai in elf Stunden von der Elbe an die Adria|Drei Abteile, ein Speisewagen und ein Preis, der unter dem Flug liegt.
reise|nordblatt||nachtzug|Neuer Nachtzug an die Adria|Der Vorverkauf beginnt am Montag.
reise|tagesbote|||Wandern im Wiedermoor: Zwölf Kilometer, kein Empfang|Eine Runde für klare Tage.
reise|bergwelt|||Hütten: Diese fünf öffnen auch im Winter|Mit Ofen, ohne Strom, auf Anmeldung.
reise|echo|||Fähre nach Norderoog fährt wieder|Nach drei Jahren Pause, zweimal am Tag.
politik|radio-elbe|||Wetter: Sturmtief bringt am Abend Böen bis 110 Kilometer pro Stunde an die Küste|Der Deichverband schließt die Tore um 18 Uhr.
wirtschaft|technik|||Balkonkraftwerke: Jeder zehnte Haushalt speist ein|Die Netze halten, die Zähler nicht.
wissen|tagesbote|||Archäologie: Ein Brunnen voller Schuhe|Dreißig Paare, alle links getragen.
sport|bergwelt|||Lawinenlage: Skitourenrennen abgesagt|Die Veranstalter hoffen auf Februar.
netzwelt|technik|||Programmiersprache der Woche: Warum alle wieder über Ada reden|Alt, streng und plötzlich gefragt.
kultur|kulturblatt|||Comic: Die Fähre, die nicht anlegen wollte|Ein Bilderbuch für Erwachsene, die warten können.
wissen|worldwire|||Deep sea: Expedition returns with forty unknown species|The survey mapped a trench no one had visited since 1964.
politik|worldwire||gipfel|Climate summit: Delegates agree on a text, not on a date|Negotiators worked through the night in a conference hall without heating.
politik|nordblatt||gipfel|Klimagipfel: Einigung auf einen Text, aber nicht auf ein Datum|Die Nacht war lang, der Saal war kalt.
wirtschaft|echo||gipfel|Klimagipfel ohne Termin: Die Industrie wartet ab|Verbände reagieren verhalten.
`.trim();
