package report

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// cashByQuarter lays the cash of the central projection out by calendar quarter, in
// whole pounds, and says which quarter is the worst. There is no table for a
// programme without delivery terms, nor for a result that was read back from JSON.
func cashByQuarter(r *montecarlo.Result) []Table {
	a := r.Account
	if a == nil {
		return nil
	}
	t := Table{
		Title: "Cash by quarter, central projection; £",
		About: []string{caseLine(r.Version) + "; " + costsFrom(r.Version)},
		Columns: append(textColumns("quarter"), figureColumns(
			"receipts", "cost of delivery", "receipts less costs", "drawn", "found for the shortfall", "paid to investors", "cash at the end", "receipts less costs, added up")...),
	}
	quarters := quartersOf(a)
	more, revalued := false, false
	for _, q := range quarters {
		more, revalued = more || q.guaranteed != 0, revalued || q.revalued != 0
	}
	if more {
		t.Columns = slices.Insert(t.Columns, 6, figureColumns("paid under guarantees")...)
	}
	if revalued {
		t.Columns = slices.Insert(t.Columns, len(t.Columns)-2, figureColumns("change in the value of cash held")...)
	}
	for _, q := range quarters {
		cells := []Cell{text(q.quarter.String())}
		amounts := []int64{q.receipts, -q.costs, q.receipts - q.costs, q.drawn, q.found}
		if more {
			amounts = append(amounts, q.guaranteed)
		}
		amounts = append(amounts, -q.paid)
		if revalued {
			amounts = append(amounts, q.revalued)
		}
		for _, pence := range append(amounts, q.cash, q.position) {
			cells = append(cells, number(float64(pence)/100, 0, unitPounds))
		}
		t.add(cells...)
	}
	t.Notes = append(t.Notes, worstQuarter(quarters), "Each amount is rounded to the pound by itself. Costs and receipts fall in the quarter in which they are paid, of the financial year; paid to investors includes fees, interest and what is paid back of a shortfall.")
	return []Table{t}
}

// quarterCash is the cash of one quarter, in pence.
type quarterCash struct {
	quarter                             calendar.Quarter
	receipts, costs, drawn, found, paid int64
	guaranteed, revalued                int64
	cash, position                      int64 // at its end
}

// quartersOf adds an account up by calendar quarter, from its first day to its last.
func quartersOf(a *finance.Account) []quarterCash {
	first, last := a.Days[0].Quarter(), a.Days[len(a.Days)-1].Quarter()
	all := make([]quarterCash, last.Sub(first)+1)
	for q := range all {
		all[q].quarter = first.Add(q)
	}
	cash, position, at := int64(0), int64(0), 0
	for day, on := range a.Days {
		for ; at < on.Quarter().Sub(first); at++ {
			all[at].cash, all[at].position = cash, position
		}
		q := &all[at]
		q.receipts += a.Receipts[day]
		q.costs += a.Costs[day]
		q.revalued += a.Revalued[day]
		cash, position = a.Cash[day], position+a.Receipts[day]-a.Costs[day]
		for k := day; k < len(a.Drawn); k += len(a.Days) {
			q.drawn += a.Drawn[k]
			q.guaranteed += a.Guaranteed[k]
			q.paid += a.Fees[k] + a.Interest[k] + a.Repaid[k]
		}
		for k := day; k < len(a.Shortfall); k += len(a.Days) {
			q.found += a.Shortfall[k]
			q.paid += a.ShortfallRepaid[k]
		}
	}
	all[at].cash, all[at].position = cash, position
	return all
}

// worstQuarter says in which quarter costs exceed receipts most, and at the end of
// which they do so most in all.
func worstQuarter(quarters []quarterCash) string {
	worst, deepest := 0, 0
	for i, q := range quarters {
		if w := quarters[worst]; q.receipts-q.costs < w.receipts-w.costs {
			worst = i
		}
		if q.position < quarters[deepest].position {
			deepest = i
		}
	}
	w, d := quarters[worst], quarters[deepest]
	if w.receipts >= w.costs {
		return "In no quarter do costs exceed receipts."
	}
	said := "The worst quarter is " + w.quarter.String() + ": costs exceed receipts by " + words.Pounds(float64(w.costs-w.receipts)/100) + "."
	if d.position < 0 {
		said += " Added up from the first day, costs exceed receipts most at the end of " + d.quarter.String() + ", by " + words.Pounds(-float64(d.position)/100) + "; within a quarter it can be more."
	}
	return said
}
