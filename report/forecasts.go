package report

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// forecasts has a row for each origin: what was forecast of all that was held out.
func forecasts(b *calibrate.Backtest) Table {
	t := Table{
		Title: titleOf(b.Version) + ": backtest",
		About: []string{
			caseLine(b.Version),
			fmt.Sprintf("Forecast from the payments up to each quarter, and held against all later ones; seed %d", b.Seed),
		},
		Columns: append(textColumns("forecast from"), figureColumns("actual, held out", "forecast", "error", "90% range", "of it rates", "quarters inside")...),
		Notes:   forecastNotes(b),
	}
	inside, quarters := 0, 0
	for _, f := range b.Forecasts {
		in := 0
		for _, q := range f.Quarters {
			if q.Inside {
				in++
			}
		}
		inside, quarters = inside+in, quarters+len(f.Quarters)
		t.add(append(texts(f.Origin.String()), append(forecastCells(f.HeldOut), insideCell(in, len(f.Quarters)))...)...)
	}
	if len(b.Forecasts) > 1 {
		t.add(text("all"), none(), none(), none(), none(), none(), insideCell(inside, quarters))
	}
	return t
}

// forecastCells are a payment and what was forecast of it.
func forecastCells(q calibrate.OriginQuarter) []Cell {
	return []Cell{paidCell(q.Actual), money(q.Mean), changeOrNone(q.Error), between(q.Low, q.High, montecarlo.Pounds), percent(q.Rates)}
}

// forecastNotes say what a forecast is made from, and what of later payments is in it.
func forecastNotes(b *calibrate.Backtest) []string {
	all := []string{
		"Forecast: the uncertain inputs of the file, held to the payments up to the quarter and to nothing later; its mean and 90% range. The range covers the rates, chance in children's lives, and what claims stray beyond that as far as the payments until then show it. “Of it rates” is the share of the variance that is due to the inputs.",
		freedNote(b),
	}
	if len(b.Forecasts) > 1 {
		all = append(all, laterOrigins)
	}
	for _, f := range b.Forecasts {
		if f.BelowAmount > 0 {
			all = append(all, fmt.Sprintf("From %s, in %s of draws some payment would be below £0 and is taken as £0. That adds %s to the forecast of all quarters together.", f.Origin, words.Percent(f.Below), atLeastAPound(f.BelowAmount)))
		}
	}
	all = append(all, leftOut(b)...)
	return append(all, backtestWarned(b)...)
}

// freedNote says which inputs had seen what is held out, and what became of them.
func freedNote(b *calibrate.Backtest) string {
	freed, seen := freedAndSeen(b)
	if len(freed)+len(seen) == 0 {
		return seenNote(b)
	}
	return fmt.Sprintf("%s had been fitted to quarters that are held out here, and stand in a table below.%s Which cohorts and laws the file has was chosen with later payments known.",
		words.Plural(len(freed)+len(seen), "input"), setFree(freed, seen, "the quarter", noFactor))
}

// noFactor is why an input stays as it is although it had been fitted to later payments.
const noFactor = "nothing can multiply a date or the like"

// setFree says what became of inputs that had been fitted to later payments: some were set
// free, and others stay as they are for a reason.
func setFree(freed, seen []model.Path, until, why string) (text string) {
	they, stay := "They are", "They stay as they are"
	if len(freed) > 0 && len(seen) > 0 {
		they, stay = "Of them "+isOrAre(len(freed)), words.Count(float64(len(seen)))+" stay as they are"
		if len(seen) == 1 {
			stay = "One stays as it is"
		}
	}
	if len(freed) > 0 {
		text = fmt.Sprintf(" %s set free: an unknown factor (0.4 to 2.2) multiplies each kind of them, or a chance is as little known as three children would show it, so that payments up to %s decide.", they, until)
	}
	if len(seen) > 0 {
		text += fmt.Sprintf(" %s, because %s, and what was seen flatters the forecast.", stay, why)
	}
	return text
}

// isOrAre is "one is", "two are".
func isOrAre(n int) string {
	if n == 1 {
		return "one is"
	}
	return words.Count(float64(n)) + " are"
}

// freedAndSeen are inputs that had been fitted to quarters after an origin: those that
// its forecast sets free, and others.
func freedAndSeen(b *calibrate.Backtest) (freed, seen []model.Path) {
	for _, f := range b.Forecasts {
		for _, path := range f.Freed {
			if !slices.Contains(freed, path) {
				freed = append(freed, path)
			}
		}
		for _, path := range f.Seen {
			if !slices.Contains(seen, path) {
				seen = append(seen, path)
			}
		}
	}
	return freed, seen
}

// horizons has a row for each number of quarters ahead.
func horizons(b *calibrate.Backtest) Table {
	t := Table{
		Title:   "How well, by how many quarters ahead",
		Columns: figureColumns("quarters ahead", "forecasts", "inside the 90% range", "error", "typical error"),
		Notes: []string{
			"Error: of all forecasts so far ahead together, forecast over actual, less 1. Typical error: the root of their mean squared error, as a share of the mean payment. Of ten forecasts nine should be inside; of four, it is no sign of anything if one is not.",
		},
	}
	for _, h := range b.Horizons {
		t.add(number(float64(h.Ahead), 0, "quarters"), number(float64(h.Quarters), 0, "forecasts"), insideCell(h.Inside, h.Quarters), changeOrNone(h.Bias), percentOrNone(h.Typical))
	}
	return t
}

// percentOrNone is a share that may not be known.
func percentOrNone(share *float64) Cell {
	if share == nil {
		return none()
	}
	return percent(*share)
}

// forecastQuarters has the quarters after each origin, beside what was forecast of them.
func forecastQuarters(b *calibrate.Backtest) Table {
	t := Table{
		Title:   "What was forecast of each quarter, and what was paid",
		Columns: append(append(textColumns("quarter"), figureColumns("actual", "forecast", "error", "90% range", "of it rates")...), Column{Heading: "inside", Text: true}),
	}
	for _, f := range b.Forecasts {
		t.heading("From the payments up to " + f.Origin.String())
		for _, q := range f.Quarters {
			t.add(append(append(texts(q.Quarter.String()), forecastCells(q)...), text(yesNo(&q.Inside)))...)
		}
	}
	return t
}

// forecastSheet has a row for each figure of each quarter that was forecast.
func forecastSheet(b *calibrate.Backtest) Table {
	t := Table{Sheet: true, Columns: append(textColumns("programme", "case", "forecast_from", "quarter", "quarters_ahead", "measure"),
		append(figureColumns("value"), textColumns("unit", "seed")...)...)}
	for _, f := range b.Forecasts {
		for _, q := range f.Quarters {
			of := texts(b.Version.Programme.Name, b.Version.Name(), f.Origin.String(), q.Quarter.String(), strconv.Itoa(q.Ahead))
			add := func(measure string, value *float64, unit string) {
				if value != nil {
					t.add(append(append([]Cell{}, of...), text(measure), bareCell(*value, unit), text(unit), text(strconv.FormatUint(b.Seed, 10)))...)
				}
			}
			add("actual", &q.Actual, unitPounds)
			add("forecast", &q.Mean, unitPounds)
			add("error", q.Error, unitShare)
			add("range low 5%", &q.Low, unitPounds)
			add("range high 95%", &q.High, unitPounds)
			add("share of variance that is rates", &q.Rates, unitShare)
			add("inside the range", oneOrZero(&q.Inside), unitName(montecarlo.Probability))
		}
	}
	return t
}
