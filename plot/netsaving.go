package plot

import (
	"fmt"
	"strings"

	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// NetSaving draws the distribution of the net public saving, gross avoided cost
// less all payments, over the replications of each case, in £: a density with the
// median, the range that contains 90% of replications, and the probability of a
// saving. The densities of all cases have the same area.
func NetSaving(results ...*montecarlo.Result) (*Figure, error) {
	p, err := programmeOf(results)
	if err != nil {
		return nil, err
	}
	f := &Figure{
		Subtitle: setting("Net public saving, £: gross avoided cost less all payments; "+covering("ranges (5% to 95%)", conventionsOf(results)...),
			p, results[0].Conventions.PriceBase, versionsOf(results)...) + fittedLine(bearsOn{ranges: true, money: true, held: anyHeld(results...)}, versionsOf(results)...),
		Columns: []string{"case", "mean, £", "5%, £", "median, £", "95%, £", "probability of a saving"},
	}
	s := ridges{above: middle, below: mix(alert, paper, 0.15), line: solid(ink, 1), write: money, ticks: moneyTicks(), sides: [2]string{"costs more", "saves"}, named: true, tails: true}
	var said []string
	for i, name := range versionNames(results) {
		r, probability, err := savings(results[i])
		if err != nil {
			return nil, err
		}
		r = r.within(r.least, r.most) // nothing is drawn where no replication is
		r.name = words.Capital(name)
		saves, _ := results[i].Probabilities.Of(montecarlo.Saves)
		often := likely(saves)
		r.beside = []string{roughly(saves) + " probability of a saving"}
		if certainly(saves)+nearly(saves) != "" {
			r.beside[0] = "a saving is " + howLikely(saves)
		}
		s.rows = append(s.rows, r)
		f.row(r.name, r.mean, r.low, r.median, r.high, Share(probability))
		said = append(said, fmt.Sprintf("%s: mean %s, median %s, 90%% of replications from %s to %s, a saving in %s of them.",
			r.name, words.Pounds(r.mean), words.Pounds(r.median), words.Pounds(r.low), words.Pounds(r.high), often))
	}
	s.tips(f, said)
	f.Title = netSavingFound(results, s.rows)
	if more := len(results) - 3; more > 0 {
		f.Height = defaultHeight + vg.Length(more)*48
	}
	f.Note = note(p, nil, sentences(withPairing(simulated(results)+"; avoided cost is that of the tracking window", netPairings(results)), s.cutSaid()), whatWasSaved...)
	f.Panels, f.Summary = []Panel{{Plot: s.plot()}}, strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// netSavingFound says which cases save at the median, and how much.
func netSavingFound(results []*montecarlo.Result, rows []ridge) string {
	if len(rows) == 1 {
		saves, _ := results[0].Probabilities.Of(montecarlo.Saves)
		return brief(
			after(words.Capital(theCase(results[0].Version)), savesOrLoses(rows[0].median), "at the median, and a saving is", howLikely(saves)),
			after("The median net saving is", money(rows[0].median)),
		)
	}
	lowest, highest, losing, saving := 0, 0, 0, 0
	for i, r := range rows {
		if r.median < rows[lowest].median {
			lowest = i
		}
		if r.median > rows[highest].median {
			highest = i
		}
		switch savesOrLoses(r.median)[0] {
		case 'l':
			losing++
		case 's':
			saving++
		}
	}
	low, high := theCase(results[lowest].Version), theCase(results[highest].Version)
	ends := span(money(rows[lowest].median), money(rows[highest].median))
	switch {
	case lowest == highest:
		return "Every case " + savesOrLoses(rows[0].median) + " at the median"
	case saving == len(rows):
		return brief(fmt.Sprintf("Every case saves at the median, from %s in %s to %s in %s", money(rows[lowest].median), low, money(rows[highest].median), high),
			"Every case saves at the median, from "+ends)
	case losing == 1 && saving == len(rows)-1:
		return brief(words.Capital(low)+" "+savesOrLoses(rows[lowest].median)+" at the median; every other case saves",
			"One case loses money at the median; every other case saves")
	case saving == 1 && losing == len(rows)-1:
		return brief("Only "+high+" saves at the median; every other case loses money", "Only one case saves at the median")
	case losing == len(rows):
		return brief(fmt.Sprintf("Every case loses money at the median, from %s in %s to %s in %s", money(-rows[highest].median), high, money(-rows[lowest].median), low),
			"Every case loses money at the median, from "+span(money(-rows[highest].median), money(-rows[lowest].median)))
	}
	if losing+saving == len(rows) {
		text := fmt.Sprintf("%d of %d cases lose money at the median", losing, len(rows))
		return brief(fmt.Sprintf("%s; %s saves %s", text, high, money(rows[highest].median)), text)
	}
	return brief(fmt.Sprintf("Net saving at the median runs from %s in %s to %s in %s", money(rows[lowest].median), low, money(rows[highest].median), high),
		"Net saving at the median runs from "+ends)
}

// savesOrLoses says what a median net saving means: "saves £6.02m", "loses £519k",
// "breaks even".
func savesOrLoses(pounds float64) string {
	switch {
	case pounds <= -0.5:
		return "loses " + money(-pounds)
	case pounds >= 0.5:
		return "saves " + money(pounds)
	}
	return "breaks even"
}

// savings is the net public saving of one case in the pairing that its range comes
// from, and the probability of a saving.
func savings(result *montecarlo.Result) (r ridge, probability float64, err error) {
	total, err := totalOf(result, montecarlo.NetPublic)
	if err != nil {
		return r, 0, err
	}
	values, err := valuesOf(result, montecarlo.NetPublic, "", "", total.Pairing)
	if err != nil {
		return r, 0, err
	}
	r = newRidge(values, 1)
	r.mean = total.Mean
	return r, above(values, 0), nil
}
