package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Solved lays out at which values of an unknown a goal is reached: a column for each
// answer with its interval, its check and what lies on either side, and the steps of the
// search. A table for a spreadsheet has a row for each value that was run, with what it
// is for.
func Solved(s *sensitivity.Solved) []Table {
	if s == nil || !readable(s.Version) || s.Unknown.Step <= 0 {
		return nothing("what sensitivity.Solve returned")
	}
	l := solved{s}
	t := Table{
		Title: titleOf(s.Version) + ": " + s.Unknown.Name + " at which “" + s.GoalText + "”",
		About: append(append([]string{l.finding(), caseLine(s.Version)}, changedLines(s.Version)...), l.made()),
	}
	t.Columns = textColumns("")
	for i := range max(1, len(s.Answers)) {
		heading := ""
		if len(s.Answers) > 1 {
			heading = words.Ordinal(i+1) + " answer"
		}
		t.Columns = append(t.Columns, Column{Heading: heading})
	}
	if len(s.Answers) > 0 {
		l.answers(&t)
	} else {
		l.extreme(&t)
	}
	steps := l.steps()
	steps.Notes = l.notes()
	return inCurrency(s.Version.Programme, append(modelled(t, steps), l.sheet())...)
}

// solved lays out one answer of Solve.
type solved struct{ *sensitivity.Solved }

// made is what the runs rest on.
func (s solved) made() string {
	line := runLine(s.Conventions, " of each run")
	if s.Goal.Measure.NeedsDelivery() {
		line = words.Capital(costsFrom(s.Version)) + "; " + line
	}
	return line
}

// name is the unknown at the start of a sentence: a path stays as it is written.
func (s solved) name() string {
	if strings.Contains(s.Unknown.Name, ".") {
		return s.Unknown.Name
	}
	return words.Capital(s.Unknown.Name)
}

// near writes a value of the unknown to its step.
func (s solved) near(x float64) string {
	return s.Unknown.Text(math.Round(x/s.Unknown.Step) * s.Unknown.Step)
}

// reading is the goal's figure with its error.
func (s solved) reading(r sensitivity.Reading) Cell {
	if r.Figure == nil {
		return text("not defined, or without bound")
	}
	if unit := s.Goal.Unit(); unit != montecarlo.Probability {
		return estimate(*r.Figure, r.StdErr, unit)
	}
	return chanceErr(montecarlo.ProbabilityOf{Probability: *r.Figure, StdErr: r.StdErr, Replications: r.Replications})
}

// finding is what was found in a sentence.
func (s solved) finding() string {
	today := fmt.Sprintf("today, at %s, it is %s", s.near(s.Today.Value), s.reading(s.Today).Text)
	switch {
	case len(s.Answers) == 0 && s.Today.Met:
		return words.Capital(fmt.Sprintf("met today and everywhere from %s to %s: %s", s.near(s.Unknown.From), s.near(s.Unknown.To), today)) + s.close() + "."
	case len(s.Answers) == 0:
		return fmt.Sprintf("Not reached anywhere from %s to %s: %s%s.", s.near(s.Unknown.From), s.near(s.Unknown.To), today, s.why())
	case len(s.Answers) == 1 && s.Today.Met:
		return fmt.Sprintf("Met today, and still met at %s: %s%s.", s.side(s.Answers[0]), today, s.close())
	case len(s.Answers) == 1:
		return fmt.Sprintf("Met at %s: %s%s.", s.side(s.Answers[0]), today, s.close())
	}
	var all, met []string
	for _, a := range s.Answers {
		all = append(all, s.near(a.Value))
		if side := s.side(a); !slices.Contains(met, side) {
			met = append(met, side)
		}
	}
	return fmt.Sprintf("There are %d answers, at %s, the nearest to today first: met at %s; %s%s.", len(s.Answers), words.And(all), words.And(met), today, s.close())
}

// close says in a clause that today is within chance of the goal, where it is.
func (s solved) close() string {
	if t := s.Today; t.Figure != nil && math.Abs(*t.Figure-s.Goal.Wanted) < z95*orZero(t.StdErr) {
		return ", which is less than two Monte Carlo errors from the goal, so that another seed may find today on its other side, and other answers or none: more replications (-n) would tell"
	}
	return ""
}

// side is where the goal is met, from the answer on: to the next answer on that side, or
// beyond.
func (s solved) side(a sensitivity.Solution) string {
	if next := s.next(a); next != nil {
		return s.near(min(a.Value, *next)) + " to " + s.near(max(a.Value, *next))
	}
	if a.MetAbove() {
		return s.near(a.Value) + " or more"
	}
	return s.near(a.Value) + " or less"
}

// next is the nearest other answer on the side on which the goal is met; nil if there is none.
func (s solved) next(a sensitivity.Solution) *float64 {
	var nearest *float64
	for i := range s.Answers {
		other := &s.Answers[i].Value
		beyond := *other > a.Value && a.MetAbove() || *other < a.Value && !a.MetAbove()
		if beyond && (nearest == nil || math.Abs(*other-a.Value) < math.Abs(*nearest-a.Value)) {
			nearest = other
		}
	}
	return nearest
}

// why says in a clause why the goal is not reached, and whether that is only just so.
func (s solved) why() string {
	if e := s.Extreme; e != nil && e.Figure != nil && math.Abs(*e.Figure-s.Goal.Wanted) < z95*orZero(e.StdErr) {
		return ", and the nearest is less than two Monte Carlo errors from the goal: more replications (-n) would tell"
	}
	if len(s.Moves) != 2 {
		return ""
	}
	return ", because " + balance(sensitivity.Answer{Driver: s.Unknown, Moves: s.Moves})
}

// z95 is how many standard errors lie on either side in an interval of 95%.
const z95 = 1.96

// answers is a row for each thing that is known of the answers.
func (s solved) answers(t *Table) {
	row := func(part bool, label string, of func(sensitivity.Solution) Cell) {
		cells := texts(label)
		for _, a := range s.Answers {
			cells = append(cells, of(a))
		}
		if part {
			t.part(cells...)
			return
		}
		t.add(cells...)
	}
	side := func(label string, of func(sensitivity.Solution) *sensitivity.Reading) {
		row(true, label, func(a sensitivity.Solution) Cell {
			r := of(a)
			if r == nil {
				return text("beyond the range")
			}
			c := s.reading(*r)
			c.Text += " at " + s.near(r.Value)
			return c
		})
	}
	row(false, s.name(), func(a sensitivity.Solution) Cell {
		c := text(s.side(a))
		c.Value, c.Unit = &a.Value, s.Unknown.Unit
		return c
	})
	row(true, "95% interval, Monte Carlo error alone", func(a sensitivity.Solution) Cell {
		if a.Low == nil {
			return text("not known")
		}
		return Cell{Text: s.near(*a.Low) + " to " + s.near(*a.High), Low: a.Low, High: a.High, Unit: s.Unknown.Unit}
	})
	row(false, s.figureName()+" there", func(a sensitivity.Solution) Cell { return s.reading(a.Reading) })
	row(true, "in a run of its own with another seed", func(a sensitivity.Solution) Cell { return s.reading(a.Check) })
	row(true, "apart, in combined standard errors", func(a sensitivity.Solution) Cell {
		if a.CheckErrors == nil {
			return none()
		}
		return number(math.Abs(*a.CheckErrors), 1, "")
	})
	side("one step further", func(a sensitivity.Solution) *sensitivity.Reading { return &a.Missed })
	side("lower", func(a sensitivity.Solution) *sensitivity.Reading { return a.Lower })
	side("higher", func(a sensitivity.Solution) *sensitivity.Reading { return a.Higher })
}

// figureName is the goal's figure in words.
func (s solved) figureName() string {
	switch s.Goal.Figure {
	case "chance":
		return "Probability"
	case "quantile":
		return words.P(s.Goal.P)
	}
	return words.Capital(s.Goal.Figure)
}

// extreme is where the goal comes nearest, if there is no answer.
func (s solved) extreme(t *Table) {
	today := s.reading(s.Today)
	today.Text += " at " + s.near(s.Today.Value)
	t.add(text(s.figureName()+" today"), today)
	if s.Extreme == nil {
		return
	}
	nearest := s.reading(*s.Extreme)
	nearest.Text += " at " + s.near(s.Extreme.Value)
	label := "Nearest to reaching it"
	if s.Today.Met {
		label = "Nearest to missing it"
	}
	t.add(text(label), nearest)
}

// steps are the readings of the search.
func (s solved) steps() Table {
	t := Table{Title: "Steps of the search", Columns: append(textColumns(s.Unknown.Name), figureColumns("replications", s.figureName(), "met")...)}
	for _, r := range s.Steps {
		met := "no"
		if r.Met {
			met = "yes"
		}
		t.add(text(s.near(r.Value)), number(float64(r.Replications), 0, ""), s.reading(r), text(met))
	}
	return t
}

func (s solved) notes() []string {
	all := []string{fmt.Sprintf("%s: %s. Searched from %s to %s, outwards from today; all other inputs stay as uncertain as they are, and all runs have the same random numbers. A turn and back within one of about twelve parts of the range is not seen.",
		s.name(), s.Unknown.Note, s.near(s.Unknown.From), s.near(s.Unknown.To))}
	if slices.ContainsFunc(s.Steps, func(r sensitivity.Reading) bool { return r.Replications < s.Conventions.Replications }) {
		all = append(all, "A few of the replications are enough where they leave no doubt on which side of the goal a value is.")
	}
	if len(s.Answers) > 0 {
		all = append(all, "The interval is the standard error of the figure over its slope at the answer, times 1.96. It says how far another seed may move the answer, and not how well the other inputs are known: the figure itself holds that.")
	}
	if len(s.StillDrawn) > 0 {
		all = append(all, fmt.Sprintf("%s is a point here, but %s among the uncertain inputs still multiplies it.", s.name(), words.And(s.StillDrawn)))
	}
	if s.Goal.Measure.NeedsDelivery() {
		return append(all, manyRuns(s.Conventions, s.Version)...)
	}
	return append(append(all, rangeNote(s.Conventions), madeNote(s.Conventions, "programme "+s.Conventions.Fingerprint)), versionsWarned(s.Conventions.Prices, s.Version)...)
}

// sheet has a row for each reading, with what it is for.
func (s solved) sheet() Table {
	t := Table{Sheet: true, Columns: append(append(textColumns("programme", "case", "goal", "unknown", "unit", "reading", "answer"), figureColumns(
		"value", "value_low", "value_high", "figure", "standard_error")...), textColumns("figure_unit", "met", "replications", "seed", "price_base")...)}
	add := func(what, answer string, r sensitivity.Reading, low, high *float64, seed uint64) {
		unit, met := unitName(s.Goal.Unit()), strconv.FormatBool(r.Met)
		t.add(append(texts(s.Version.Programme.Name, s.Version.Name(), s.GoalText, s.Unknown.Name, s.Unknown.Unit, what, answer),
			bareCell(r.Value, s.Unknown.Unit), orNothing(low, s.Unknown.Unit), orNothing(high, s.Unknown.Unit),
			orNothing(r.Figure, unit), orNothing(r.StdErr, unit), text(unit), text(met),
			text(strconv.Itoa(r.Replications)), text(strconv.FormatUint(seed, 10)), text(s.Conventions.PriceBase))...)
	}
	seed := s.Conventions.Seed
	add("today", "", s.Today, nil, nil, seed)
	for i, a := range s.Answers {
		which := strconv.Itoa(i + 1)
		add("answer", which, a.Reading, a.Low, a.High, seed)
		add("check", which, a.Check, nil, nil, a.CheckSeed)
		add("one step further", which, a.Missed, nil, nil, seed)
		if a.Lower != nil {
			add("lower", which, *a.Lower, nil, nil, seed)
		}
		if a.Higher != nil {
			add("higher", which, *a.Higher, nil, nil, seed)
		}
	}
	if s.Extreme != nil {
		add("nearest to turning", "", *s.Extreme, nil, nil, seed)
	}
	for _, r := range s.Steps {
		add("step", "", r, nil, nil, seed)
	}
	return t
}
