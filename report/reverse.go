package report

import (
	"fmt"
	"math"
	"strings"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Reversed lays out how bad each driver must be, alone, for an event to become as
// likely as was asked: a table for each event, a line for each driver. A table for
// a spreadsheet has a row for each driver and event with its crossing nearest to
// how things stand, empty if there is none; its values are in the driver's unit.
func Reversed(all []*sensitivity.Reversed) []Table {
	for _, r := range all {
		if r == nil || !readable(r.Version) {
			return nothing("what sensitivity.Reverse returned")
		}
	}
	var tables []Table
	for i, r := range all {
		t := Table{
			Title:   fmt.Sprintf("How bad must one thing be for a probability of %s that %s?", words.Percent(r.Probability), inWords(r.Event, r.Party)),
			Columns: textColumns("what changes, alone", "how likely, and how bad it must be", "range tried"),
		}
		if i == 0 {
			t.About = []string{titleOf(r.Version), caseLine(r.Version), words.Capital(costsFrom(r.Version)) + "; " + runLine(r.Conventions, " of each run")}
		}
		for _, a := range r.Answers {
			answer := text(answerInWords(a, r.Probability))
			if a.Found {
				answer.Value, answer.Unit = &a.Crossings[0].Value, a.Driver.Unit
			}
			t.add(text(a.Driver.Name), answer, text(tried(a.Driver)))
		}
		if i == len(all)-1 {
			t.Notes = reversedNotes(r)
		}
		tables = append(tables, t)
	}
	tables = append(modelled(tables...), reversedSheet(all))
	if len(all) == 0 {
		return tables
	}
	return inCurrency(all[0].Version.Programme, tables...)
}

// inWords says an event as a clause, of a party where it befalls one.
func inWords(event, party string) string {
	who, lose, earn := "investors", "lose", "earn"
	if named(party) != finance.Consortium {
		who, lose, earn = party, "loses", "earns"
	}
	switch event {
	case montecarlo.FacilityShort:
		return "the facility is not enough"
	case montecarlo.LosesMoney:
		return who + " " + lose + " money"
	case montecarlo.MissesHurdle:
		return who + " " + earn + " less than the hurdle"
	case montecarlo.Saves:
		return "there is a net public saving"
	}
	return event
}

// tried is the range of a driver.
func tried(d sensitivity.Driver) string { return d.Text(d.From) + " to " + d.Text(d.To) }

// answerInWords says what was found for one driver: "42.9% today; would be below
// 10% at × 0.97 or less (9.7% ± 0.7%)".
func answerInWords(a sensitivity.Answer, wanted float64) string {
	d, now, asked := a.Driver, chance(a.Neutral.ProbabilityOf).Text+" today", words.Percent(wanted)
	if !a.Found {
		never, end := "never "+asked, "worst"
		if a.Already {
			never, end = "never below "+asked, "best"
		}
		extreme := fmt.Sprintf("%s, at %s", chance(a.Extreme.ProbabilityOf).Text, d.Text(a.Extreme.Value))
		if a.Extreme.Value == a.Neutral.Value {
			extreme = "as it is today"
		}
		return fmt.Sprintf("%s, and %s within the range: at %s %s%s", now, never, end, extreme, whyNot(a))
	}
	turns := "reach "
	if a.Already {
		turns = "be below "
	}
	var at []string
	for _, c := range a.Crossings {
		beyond := "or more"
		if c.Value < d.Neutral {
			beyond = "or less"
		}
		at = append(at, fmt.Sprintf("at %s %s (%s)", d.Text(c.Value), beyond, chanceErr(c.ProbabilityOf).Text))
	}
	return now + "; would " + turns + asked + " " + words.And(at)
}

// whyNot says in one clause why a driver cannot bring what was asked for.
func whyNot(a sensitivity.Answer) string {
	switch {
	case len(a.Moves) == 2:
		return ", because " + balance(a)
	case a.Already && a.Extreme.Value == a.Neutral.Value:
		return ", because no other value in the range is clearly better"
	}
	return ""
}

// balance says what a driver does to what comes in and to what it costs.
func balance(a sensitivity.Answer) string {
	gain, cost := a.Moves[0], a.Moves[1]
	at := a.Driver.Text(gain.Value)
	switch {
	case !moves(gain) && !moves(cost):
		return fmt.Sprintf("it moves neither %s nor %s, only when they fall due", gain.Measure, cost.Measure)
	case moves(gain) && moves(cost) && (gain.Then > gain.Today) == (cost.Then > cost.Today):
		together := "fall"
		if gain.Then > gain.Today {
			together = "rise"
		}
		return fmt.Sprintf("%s and %s %s together (by %s and %s at %s)", gain.Measure, cost.Measure, together, moved(gain), moved(cost), at)
	case !moves(cost):
		return fmt.Sprintf("%s %s by only %s at %s", gain.Measure, goes(gain), moved(gain), at)
	case !moves(gain):
		return fmt.Sprintf("%s %s by only %s at %s", cost.Measure, goes(cost), moved(cost), at)
	}
	return fmt.Sprintf("%s %s by only %s and %s %s by only %s at %s", gain.Measure, goes(gain), moved(gain), cost.Measure, goes(cost), moved(cost), at)
}

// moves reports whether a mean changes by more than half a per cent.
func moves(m sensitivity.Moved) bool { return math.Abs(m.Then-m.Today) > 0.005*math.Abs(m.Today) }

func moved(m sensitivity.Moved) string { return words.Pounds(math.Abs(m.Then - m.Today)) }

// goes says which way a measure goes; receipts and payments are plural.
func goes(m sensitivity.Moved) string {
	verb := "falls"
	if m.Then > m.Today {
		verb = "rises"
	}
	if m.Measure == montecarlo.Receipts || m.Measure == montecarlo.Payments {
		return strings.TrimSuffix(verb, "s")
	}
	return verb
}

func reversedNotes(r *sensitivity.Reversed) []string {
	all := []string{
		"× multiplies what the file says; days, weeks, months and % a year are added to it. Each line changes one thing and leaves the rest as it stands. Today: as the case stands. In brackets: the probability at that value, ± one Monte Carlo standard error. The range is searched outwards in about twelve parts, with a few of the replications where these leave no doubt, so a crossing there and back within one part is not seen.",
		"The nearest to today comes first: the share of the range on that side that lies before it. Below come those that cannot bring it alone, and why: amounts are changes of means.",
		losesNote(r.Party) + " The cost of care is not among the drivers, because it moves none of the investors' money.",
	}
	if r.Event == montecarlo.Saves {
		all = append(all, words.Capital(r.Conventions.Pairing)+".")
	}
	for _, a := range r.Answers {
		if a.Driver.Note != "" {
			all = append(all, words.Capital(a.Driver.Name)+": "+a.Driver.Note+".")
		}
	}
	if len(r.LeftOut) > 0 {
		all = append(all, "Left out, because what was put on the case has nothing that they could change: "+words.And(r.LeftOut)+".")
	}
	return append(all, manyRuns(r.Conventions, r.Version)...)
}

// losesNote says what it is to lose money.
func losesNote(party string) string {
	if named(party) == finance.Consortium {
		return "Investors lose money: all investors, with whoever met a shortfall, get back less than was paid in."
	}
	return party + " loses money: it gets back less than it paid in. What anyone finds for a shortfall beyond the facility is not counted."
}

// reversedSheet has a row for each driver and event.
func reversedSheet(all []*sensitivity.Reversed) Table {
	t := Table{Sheet: true, Columns: append(append(textColumns("programme", "case", "event", "party", "driver", "unit"), figureColumns(
		"probability_asked_for", "from", "to", "neutral", "probability_at_neutral",
		"crossing", "probability_at_crossing", "standard_error", "distance", "extreme", "probability_at_extreme")...), textColumns("replications", "seed")...)}
	probability := func(v float64) Cell { return bareCell(v, unitName(montecarlo.Probability)) }
	for _, r := range all {
		for _, a := range r.Answers {
			d := a.Driver
			value := func(v float64) Cell { return bareCell(v, d.Unit) }
			cells := append(texts(r.Version.Programme.Name, r.Version.Name(), r.Event, named(r.Party), d.Name, d.Unit),
				probability(r.Probability), value(d.From), value(d.To), value(d.Neutral), probability(a.Neutral.Probability))
			if a.Found {
				c := a.Crossings[0]
				cells = append(cells, value(c.Value), probability(c.Probability), orNothing(c.StdErr, unitName(montecarlo.Probability)), orNothing(a.Distance, ""))
			} else {
				cells = append(cells, Cell{}, Cell{}, Cell{}, Cell{})
			}
			cells = append(cells, value(a.Extreme.Value), probability(a.Extreme.Probability))
			t.add(append(cells, runCells(r.Conventions)...)...)
		}
	}
	return t
}
