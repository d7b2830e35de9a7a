package report

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Backtest lays a backtest out: what was forecast at each origin and what was paid, by
// how far ahead and by quarter; the error of each fit at each origin, what could explain the payments up to it, the quarters held out, and the inputs that
// had seen them. The table for a spreadsheet has a row for each quarter of each fit.
func Backtest(b *calibrate.Backtest) []Table {
	if b == nil || !readable(b.Version) {
		return nothing("what calibrate.HoldOut returned")
	}
	fits := []Table{heldOut(b), explanations(b), quartersHeldOut(b), inputsFitted(b)}
	if len(b.Forecasts) == 0 {
		return inCurrency(b.Version.Programme, append(modelled(withRows(fits)...), backtestSheet(b))...)
	}
	all := withRows(append([]Table{forecasts(b), horizons(b), forecastQuarters(b)}, fits...))
	return inCurrency(b.Version.Programme, append(modelled(all...), forecastSheet(b), backtestSheet(b))...)
}

// withRows are the tables that are not empty.
func withRows(tables []Table) []Table {
	return slices.DeleteFunc(tables, func(t Table) bool { return len(t.Rows) == 0 })
}

// heldOut has a row for each origin: how far the fit that is used is from what was
// held out.
func heldOut(b *calibrate.Backtest) Table {
	t := Table{
		Title: titleOf(b.Version) + ": backtest",
		About: []string{
			caseLine(b.Version),
			fmt.Sprintf("Fitted to the payments up to each quarter, and held against all later ones; %s replications of each fit, seed %d",
				words.Count(float64(b.Replications)), b.Seed),
		},
		Columns: append(textColumns("fitted to", "input fitted"), figureColumns("multiplier", "actual, held out", "modelled", "error", "single quarters", "90% range", "quarters inside")...),
		Notes:   backtestNotes(b),
	}
	if len(b.Forecasts) > 0 { // the page has its title and the notes on all of it above
		t.About, t.Title = nil, "One input fitted at a time to the payments up to each quarter"
		t.Notes = append([]string{fmt.Sprintf("%s replications of each fit. Which of several inputs would explain what was paid is the question here: what is not known of the others is left out, so for how far off a forecast may be see the first table.", words.Count(float64(b.Replications)))}, fitNotes(b)...)
	}
	inside, quarters := 0, 0
	for _, origin := range originsOf(b) {
		f, ok := usedAt(b, origin)
		if !ok {
			t.add(text(origin.String()), text("none: all refused"), none(), none(), none(), none(), none(), none(), none())
			continue
		}
		in, of := insideOf(f)
		inside, quarters = inside+in, quarters+of
		t.add(text(origin.String()), text(f.Input), number(f.Multiplier, 4, unitName(montecarlo.Ratio)), paidCell(f.HeldOut.Actual), money(f.HeldOut.Modelled),
			changeOrNone(f.HeldOut.Error), singleQuarters(f), rangeOrNone(f.HeldOut), insideCell(in, of))
	}
	if len(originsOf(b)) > 1 {
		t.add(text("all"), text(""), none(), none(), none(), none(), none(), none(), insideCell(inside, quarters))
	}
	return t
}

// originsOf are the origins of a backtest, in order of time.
func originsOf(b *calibrate.Backtest) (all []calendar.Quarter) {
	for _, f := range b.Fits {
		if !slices.Contains(all, f.FittedTo) {
			all = append(all, f.FittedTo)
		}
	}
	return all
}

// usedAt is the fit that is used at an origin, if any.
func usedAt(b *calibrate.Backtest, origin calendar.Quarter) (calibrate.Fit, bool) {
	for _, f := range b.Fits {
		if f.Used && f.FittedTo == origin {
			return f, true
		}
	}
	return calibrate.Fit{}, false
}

// insideOf counts the quarters held out, and those whose payment is inside its range.
func insideOf(f calibrate.Fit) (inside, of int) {
	for _, q := range f.Quarters {
		if q.Inside != nil {
			of++
			if *q.Inside {
				inside++
			}
		}
	}
	return inside, of
}

// insideCell is "5 of 7", with the share as its value.
func insideCell(inside, of int) Cell {
	if of == 0 {
		return none()
	}
	share := float64(inside) / float64(of)
	return Cell{Text: fmt.Sprintf("%d of %d", inside, of), Value: &share, Unit: unitShare, Decimals: 3}
}

// paidCell is a published payment.
func paidCell(pounds float64) Cell {
	c := money(pounds)
	c.Status = statusPublished
	return c
}

// changeOrNone is a relative difference, or none where nothing was paid.
func changeOrNone(share *float64) Cell {
	if share == nil {
		return none()
	}
	return change(*share)
}

// rangeOrNone is the range of a quarter, if it has one.
func rangeOrNone(q *calibrate.BacktestQuarter) Cell {
	if q.Low == nil {
		return none()
	}
	return between(*q.Low, *q.High, montecarlo.Pounds)
}

// singleQuarters is the range of the errors of the quarters held out.
func singleQuarters(f calibrate.Fit) Cell {
	var low, high *float64
	for _, q := range f.Quarters {
		if q.Held && q.Error != nil {
			if low == nil || *q.Error < *low {
				low = q.Error
			}
			if high == nil || *q.Error > *high {
				high = q.Error
			}
		}
	}
	if low == nil {
		return none()
	}
	return Cell{Text: change(*low).Text + " to " + change(*high).Text, Low: low, High: high, Unit: unitShare, Decimals: 3}
}

// explanations has a row for each candidate at each origin.
func explanations(b *calibrate.Backtest) Table {
	t := Table{
		Title:   "What could explain the payments up to each quarter",
		Columns: append(append(textColumns("fitted to", "input"), figureColumns("multiplier", "typical error", "by chance", "error held out", "quarters inside")...), Column{Heading: "verdict", Text: true}),
		Notes: []string{
			"One input at a time is multiplied by one number, at which payments up to the quarter add up to what was paid. Typical error: the root of the mean squared error of those quarters, as a share of the mean quarter. By chance: in how many replications of the fitted model the quarters are off by at least as much, their total made the same.",
			"The input used is the first, in the order shown, whose typical error is within one percentage point of the least. Where typical errors are so near, payments cannot tell the inputs apart; a count of referrals or starts can.",
			"A multiplier is refused where none reproduces the payments, or where it is not plausible: outside " + plausible(b) + ".",
		},
	}
	for _, f := range b.Fits {
		off, held, inside := none(), none(), none()
		if f.Stray != nil {
			off = figure(*f.Stray, montecarlo.Probability)
			off.Text = words.Chance(*f.Stray, b.Replications, false)
		}
		if f.HeldOut != nil {
			held = changeOrNone(f.HeldOut.Error)
			inside = insideCell(insideOf(f))
		}
		t.add(text(f.FittedTo.String()), text(f.Input), number(f.Multiplier, 4, unitName(montecarlo.Ratio)), percent(f.Typical), off, held, inside, text(verdict(f)))
	}
	return t
}

// plausible says which multipliers of each input are.
func plausible(b *calibrate.Backtest) string {
	var all []string
	for _, f := range b.Fits {
		if f.FittedTo == b.Fits[0].FittedTo {
			all = append(all, fmt.Sprintf("%s to %s for %s", words.Significant(f.Least), words.Significant(f.Most), f.Input))
		}
	}
	return words.And(all)
}

// verdict says what became of a fit.
func verdict(f calibrate.Fit) string {
	switch {
	case f.Used:
		return "used"
	case f.Gap != 0:
		short := "below"
		if f.Gap > 0 {
			short = "above"
		}
		return fmt.Sprintf("refused: at the nearest, payments are %s %s", words.Pounds(max(f.Gap, -f.Gap)), short)
	case f.Refused && f.Multiplier > f.Most:
		return "refused: more than × " + words.Significant(f.Most)
	case f.Refused:
		return "refused: less than × " + words.Significant(f.Least)
	case f.Stray == nil:
		return "not asked for"
	}
	return "not used"
}

// quartersHeldOut has the quarters after each origin.
func quartersHeldOut(b *calibrate.Backtest) Table {
	t := Table{
		Title:   "The quarters that were held out",
		Columns: append(append(textColumns("quarter"), figureColumns("actual", "modelled", "error", "error so far", "90% range")...), Column{Heading: "inside", Text: true}, Column{Heading: "seen", Text: true}),
		Notes:   []string{"Error so far: of all quarters held out, up to and including this one.", seenMark(b)},
	}
	for _, origin := range originsOf(b) {
		f, ok := usedAt(b, origin)
		if !ok {
			continue
		}
		t.heading(fmt.Sprintf("Fitted to %s: %s × %.4f", origin, f.Input, f.Multiplier))
		actual, modelled := 0.0, 0.0
		for _, q := range f.Quarters {
			if !q.Held {
				continue
			}
			actual, modelled = actual+q.Actual, modelled+q.Modelled
			soFar := none()
			if actual > 0 {
				soFar = change(modelled/actual - 1)
			}
			t.add(text(q.Quarter.String()), paidCell(q.Actual), money(q.Modelled), changeOrNone(q.Error), soFar, rangeOrNone(&q), text(yesNo(q.Inside)), text(yesNo(seen(b, q.Quarter))))
		}
	}
	return t
}

// yesNo is a word for what may not be known.
func yesNo(is *bool) string {
	switch {
	case is == nil:
		return ""
	case *is:
		return "yes"
	}
	return "no"
}

// trueFalse is a flag of a table for a spreadsheet for what may not be known.
func trueFalse(is *bool) string {
	if is == nil {
		return ""
	}
	return strconv.FormatBool(*is)
}

// seenBy are the inputs that had seen quarters held out at the earliest origin.
func seenBy(b *calibrate.Backtest) (all []model.Input) {
	first := originsOf(b)[0].Last()
	for _, in := range b.Fitted {
		if in.FittedTo.After(first) {
			all = append(all, in)
		}
	}
	return all
}

// seen reports whether an input of the version had been fitted, by its file, to what
// was published of a quarter or later; nil if the file says so of no input.
func seen(b *calibrate.Backtest, quarter calendar.Quarter) *bool {
	if len(b.Fitted) == 0 {
		return nil
	}
	after := slices.ContainsFunc(b.Fitted, func(in model.Input) bool { return !in.FittedTo.Before(quarter.First()) })
	return &after
}

// inputsFitted lists the inputs that had seen quarters that were held out.
func inputsFitted(b *calibrate.Backtest) Table {
	freed, seen := freedAndSeen(b)
	t := seenLater(seenBy(b), freed, seen)
	t.Title = "Inputs that had seen quarters held out"
	t.Notes = []string{"The fits above multiply one input on top of these. The errors are smaller than they would be if these inputs had been chosen at the time."}
	return t
}

// seenLater lists inputs that had been fitted to later payments, with what became of them in
// a forecast if there is one.
func seenLater(inputs []model.Input, freed, seen []model.Path) Table {
	t := Table{Columns: textColumns("input", "value", "fitted to what was published to", "status")}
	forecast := len(freed)+len(seen) > 0
	if forecast {
		t.Columns = append(t.Columns, textColumns("in the forecast")...)
	}
	for _, in := range inputs {
		cells := texts(string(in.Path), in.Value, in.FittedTo.Long(), in.Status.String())
		switch {
		case slices.Contains(freed, in.Path):
			cells = append(cells, text("set free"))
		case forecast:
			cells = append(cells, text("as it is"))
		}
		t.add(cells...)
	}
	return t
}
