package report

import (
	"math"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// How likely is it to save more than an amount? The public's saving is after all
// payments, a council's after its own, and what other payers pay stands between them.

// saver is who saves: all together, all councils, or one of them.
type saver struct {
	label    string
	councils []string // none for all together
}

// savers are all together, and then those asked for.
func savers(r *montecarlo.Result, each bool) []saver {
	all := councilsOf(r)
	public := saver{label: "All together, after all payments"}
	switch {
	case each:
		savers := []saver{public}
		for _, c := range all {
			savers = append(savers, saver{c + ", after its own payments", []string{c}})
		}
		return savers
	case len(outsidePayers(r.Version.Programme)) == 0:
		return []saver{public} // which is the councils
	case len(all) == 1:
		return []saver{public, {"The council, after its own payments", all}}
	}
	return []saver{public, {"The councils, after their own payments", all}}
}

// moreThan is the chance that somebody saves more than an amount, with all care
// that is avoided or in cash alone.
func (s saver) moreThan(r *montecarlo.Result, cash bool, pounds float64) Cell {
	total, event := montecarlo.NetPublic, montecarlo.Saves
	own, ownEvent := montecarlo.NetSaving, montecarlo.OwnSaves
	if cash {
		total, event = montecarlo.NetCashable, montecarlo.CashableSaves
		own, ownEvent = montecarlo.OwnNetCashable, montecarlo.OwnCashableSaves
	}
	deciding, ok := r.Totals.Of(total)
	parties := []string{""}
	if len(s.councils) > 0 {
		parties, total = s.councils, own
	}
	if len(s.councils) == 1 {
		event = ownEvent
		deciding, ok = r.Totals.Of(total, s.councils[0])
	}
	if !ok {
		return none()
	}
	if p, known := r.Probabilities.Of(event, parties[0]); known && pounds == 0 && len(parties) == 1 {
		return chance(p)
	}
	values := valuesTogether(r, deciding.Pairing, total, parties)
	if values == nil {
		return none()
	}
	above := 0
	for _, v := range values {
		if v > pounds {
			above++
		}
	}
	return chance(montecarlo.ProbabilityOf{Probability: float64(above) / float64(len(values)), Replications: len(values)})
}

// likelyToSave asks the question of one result, with a column for each amount.
func likelyToSave(r *montecarlo.Result, amounts []decimal.Decimal) Table {
	t := Table{Columns: textColumns("How likely is " + headingOf(r.Version) + " to save more than …"), narrow: true}
	for _, a := range amounts {
		t.Columns = append(t.Columns, Column{Heading: stated(a)})
	}
	others, between := paidBetween(r)
	t.savers(r, false, texts("(between the two, "+others+" pays "+between.Text+" on average)"), func(one saver, cash bool) (cells []Cell) {
		for _, a := range amounts {
			cells = append(cells, one.moreThan(r, cash, a.InexactFloat64()))
		}
		return cells
	})
	return t
}

// likelyToSaveEach asks it of several results and of each council, about one amount,
// with a column for each result.
func likelyToSaveEach(results []*montecarlo.Result, amount decimal.Decimal) Table {
	t := Table{Columns: textColumns("How likely is it to save more than " + stated(amount) + "?"), narrow: true}
	for _, r := range results {
		t.Columns = append(t.Columns, Column{Heading: headingOf(r.Version)})
	}
	label, _ := paidBetween(results[0])
	between := []Cell{text("(between all and each, " + label + " pays on average)")}
	for _, r := range results {
		_, paid := paidBetween(r)
		between = append(between, paid)
	}
	t.savers(results[0], true, between, func(one saver, cash bool) (cells []Cell) {
		for _, r := range results {
			cells = append(cells, one.moreThan(r, cash, amount.InexactFloat64()))
		}
		return cells
	})
	return t
}

// savers adds the rows of everybody who saves, with what other payers pay after the
// first: it lies between all together and the councils.
func (t *Table) savers(r *montecarlo.Result, each bool, between []Cell, cells func(one saver, cash bool) []Cell) {
	for i, one := range savers(r, each) {
		if i == 1 && othersPay(r.Version.Programme) != "" {
			t.add(between...)
		}
		t.add(append([]Cell{text(one.label + ", all care avoided")}, cells(one, false)...)...)
		t.part(append([]Cell{text("in cash")}, cells(one, true)...)...)
	}
}

// paidBetween is who pays beside the councils, and how much on average.
func paidBetween(r *montecarlo.Result) (others string, mean Cell) {
	_, paid := paidByOthers(r)
	return words.And(outsidePayers(r.Version.Programme)), threeFigures(paid)
}

// roundAmounts are £0 and the two round amounts next below the upper end of the range
// of what is left after all payments.
func roundAmounts(r *montecarlo.Result) []decimal.Decimal {
	one, ok := rangedTotal(r, montecarlo.NetPublic)
	if !ok || one.high == nil {
		return []decimal.Decimal{decimal.Zero}
	}
	return append([]decimal.Decimal{decimal.Zero}, roundBelow(*one.high)...)
}

// roundBelow are the two largest round amounts below an amount, the smaller first: 1,
// 2 or 5 with noughts. There are none below £10.
func roundBelow(pounds float64) []decimal.Decimal {
	if !(pounds >= 10) {
		return nil
	}
	var below []decimal.Decimal
	for power := int32(math.Floor(math.Log10(pounds))); len(below) < 2; power-- {
		for _, digit := range []int64{5, 2, 1} {
			if a := decimal.New(digit, power); a.InexactFloat64() < pounds && len(below) < 2 {
				below = append(below, a)
			}
		}
	}
	return []decimal.Decimal{below[1], below[0]}
}
