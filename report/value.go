package report

import (
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
	"github.com/edgeofcare/edgeofcare/sensitivity/information"
)

// mostWorths is how many inputs people see in one table; files have all.
const mostWorths = 8

// Value says what a decision comes to, and what it would be worth to know more before it
// is made: the options, what is worth learning, and studies, in cash and with all avoided
// care. CSV has a row for each figure.
func Value(v *sensitivity.Valued) []Table {
	if v == nil || !readable(v.Version) || len(v.AllCare.Options) < 2 || len(v.Cash.Options) < 2 {
		return nothing("what sensitivity.Value returned")
	}
	tables := []Table{valueOptions(v)}
	for _, m := range valuedMeasures(v) {
		tables = append(tables, valueLearned(v, m))
	}
	if len(v.Cash.Studies) > 0 {
		tables = append(tables, valueStudies(v))
	}
	last := &tables[len(tables)-1]
	last.Notes = append(append(last.Notes, valueLimits(v)...), byRanges(v.Version)...)
	return inCurrency(v.Version.Programme, append(modelled(tables...), valueSheet(v))...)
}

// valuedMeasure is a decision in one measure of payoff, and what the measure counts.
type valuedMeasure struct {
	in     *sensitivity.ValuedIn
	called string
	counts string
}

func valuedMeasures(v *sensitivity.Valued) []valuedMeasure {
	payments := "all payments"
	if v.Council != "" {
		payments = "its own payments"
	}
	return []valuedMeasure{
		{&v.Cash, "In cash", "cashable saving less " + payments},
		{&v.AllCare, "With all avoided care", "avoided cost of care less " + payments},
	}
}

// whoseValue is for whom the decision is made.
func whoseValue(v *sensitivity.Valued) string {
	if v.Council != "" {
		return v.Council
	}
	return "the public purse"
}

// valueOptions are the options.
func valueOptions(v *sensitivity.Valued) Table {
	t := Table{
		Title:   titleOf(v.Version) + ": which option is best for " + whoseValue(v) + "?",
		About:   append(append([]string{caseLine(v.Version)}, changedLines(v.Version)...), valueLine(v)),
		Columns: append(textColumns("option"), figureColumns("expected payoff", "error", "chance of being best", "expected loss", "error")...),
	}
	for _, m := range valuedMeasures(v) {
		t.About = append(t.About, valueFinding(v, m))
	}
	for _, m := range valuedMeasures(v) {
		t.heading(m.called + ": " + m.counts)
		for _, o := range m.in.Options {
			t.add(text(o.Name), money(o.Payoff), money(o.StdErr), chance(bestChance(v, o)), money(o.Loss), money(o.LossStdErr))
		}
	}
	t.Notes = append(t.Notes,
		"Expected payoff: what the option is worth at the start on average, over all that is uncertain. Doing nothing pays £0.",
		"Chance of being best: how likely it is that no other option has a higher expectation, once the uncertain inputs are known. It is not the chance that a saving is made, in which children's lives have a part. Options that pay the same under a draw are both best there, so that chances may add up to more than 100%.",
		"Expected loss: what the option that is best under each draw pays more than this one, on average. That of the option with the highest payoff is what it would be worth to know everything.",
		"Errors are Monte Carlo standard errors.")
	for _, c := range v.Choices {
		t.Notes = append(t.Notes, fmt.Sprintf("Option %q: %s.", c.Name, asWritten(c.Version)))
	}
	return t
}

// valueLine is what payoffs are and rest on.
func valueLine(v *sensitivity.Valued) string {
	line := fmt.Sprintf("Present values at the start, %s, discounted at %s a year; %s of %s, the same for all options; seed %d",
		v.PriceBase, words.Rate(v.DiscountRate), words.Plural(v.Draws, "draw"), words.Plural(v.Inputs, "uncertain input"), v.Seed)
	if !v.AllCare.Exact || !v.Cash.Exact {
		line += fmt.Sprintf("; caps are applied in each of %s of the programme under a draw", words.Plural(v.Lives, "replication"))
	}
	if v.Impossible > 0 {
		line += fmt.Sprintf("; %s left out, whose values cannot be together", words.Plural(v.Impossible, "draw"))
	}
	return line
}

// bestChance is the chance of being best, as far as so many draws tell.
func bestChance(v *sensitivity.Valued, o information.Option) montecarlo.ProbabilityOf {
	return montecarlo.ProbabilityOf{Probability: o.Best, StdErr: &o.BestStdErr, Replications: v.Draws}
}

// valueFinding is the choice that is made without more knowledge, in a sentence.
func valueFinding(v *sensitivity.Valued, m valuedMeasure) string {
	best := m.in.Options[m.in.Best]
	return fmt.Sprintf("%s, the option with the highest expected payoff is to %s (%s): best with a chance of %s, and knowing everything before choosing would be worth %s on average",
		m.called, optionVerb(best.Name), words.Pounds(best.Payoff), chance(bestChance(v, best)).Text, words.Pounds(m.in.Perfect.Value))
}

// optionVerb is an option as something that is done.
func optionVerb(name string) string {
	switch name {
	case sensitivity.DoNothing:
		return name
	case sensitivity.RunIt:
		return "run the programme"
	}
	return "choose " + fmt.Sprintf("%q", name)
}

// valueLearned is what it is worth to learn inputs and groups.
func valueLearned(v *sensitivity.Valued, m valuedMeasure) Table {
	t := Table{
		Title:   m.called + ": what would it be worth to know, before choosing?",
		About:   []string{"For " + whoseValue(v) + ", " + m.counts + ", present value"},
		Columns: append(textColumns("what is learned"), figureColumns("worth", "error", "by other draws", "if it told nothing")...),
	}
	t.Columns = append(t.Columns, Column{Heading: "estimate", Text: true})
	t.add(append(worthCells(m.in.Perfect, "everything that is uncertain")[:3], none(), none(), text(""))...)
	t.worths("Inputs that are about the same thing, all together", "group", m.in.Groups)
	var inputs []information.Worth
	for _, w := range m.in.Inputs {
		inputs = append(inputs, w.Worth)
	}
	t.worths("One input alone", "input", inputs)
	return t
}

// worths adds what is worth most of some inputs or groups, and a note on the others.
func (t *Table) worths(heading, one string, all []information.Worth) {
	shown := 0
	for shown < min(mostWorths, len(all)) && all[shown].Value >= 0.5 {
		shown++
	}
	if shown > 0 {
		t.heading(heading)
	}
	for _, w := range all[:shown] {
		t.add(worthCells(w, w.Name)...)
	}
	switch rest := all[shown:]; {
	case len(rest) == 0:
	case rest[0].Value < 0.5:
		t.Notes = append(t.Notes, fmt.Sprintf("Worth nothing alone: %s.", words.Plural(len(rest), one)))
	default:
		t.Notes = append(t.Notes, fmt.Sprintf("Worth at most %s alone: %s more, which CSV and JSON have.", words.Pounds(rest[0].Value), words.Plural(len(rest), one)))
	}
}

// worthCells are what something is worth knowing, and how well the estimate is known.
func worthCells(w information.Worth, name string) []Cell {
	return []Cell{text(name), money(w.Value), money(w.StdErr), money(w.HeldOut), money(w.Zero), text(worthSaid(w))}
}

// worthSaid says how far an estimate can be trusted.
func worthSaid(w information.Worth) string {
	var said []string
	if !w.Settled() {
		said = append(said, "not settled")
	}
	if w.Value > 0 && w.Value <= w.Zero+2*w.StdErr {
		said = append(said, "perhaps nothing")
	}
	if w.Value < w.Estimate {
		said = append(said, "lowered from "+words.Pounds(w.Estimate))
	}
	return strings.Join(said, ", ")
}

// valueStudies are the studies.
func valueStudies(v *sensitivity.Valued) Table {
	t := Table{
		Title:   "What would a study of children without the programme's help be worth?",
		About:   []string{"Children are followed from the day on which they would have been referred, divided over cohorts as the expected referrals; it is seen where each first moves to. For " + whoseValue(v)},
		Columns: append(textColumns("study"), figureColumns("cost", "worth", "error", "by other draws", "if it told nothing", "with any number of children", "worth less cost")...),
	}
	t.Columns = append(t.Columns, textColumns("estimate")...)
	for _, m := range valuedMeasures(v) {
		t.heading(m.called)
		for _, s := range m.in.Studies {
			cost, _ := s.Cost.Float64()
			t.add(text(s.Study.String()), money(cost), money(s.Value), money(s.StdErr), money(s.HeldOut), money(s.Zero), money(s.Most.Value), money(s.Gain), text(worthSaid(s.Worth)))
		}
	}
	t.Notes = append(t.Notes, "Worth less cost: what is gained on average by making the study and choosing by what it finds, rather than choosing now. That its results take time, and that other programmes could use them, is not counted.")
	return t
}

// valueLimits say how the figures are to be read, and what is not in them.
func valueLimits(v *sensitivity.Valued) []string {
	notes := []string{
		"Worth: what choosing with this knowledge pays more, on average, than choosing without it. It is 0 where nothing that could be learned would change the choice, however uncertain it is. Values of two inputs do not add up; one that goes with others in the file tells of these too.",
		"Each is estimated by regression and errs upwards. Beside it stands the value of choosing by what other draws say, which errs downwards, and the estimate for the same values given to other draws, which tell nothing. \"Not settled\" is where the first two differ by more than two standard errors: give more draws with -n. An estimate above that of something that tells more is lowered to it, and one above that of everything too.",
		"Nobody can learn beforehand how children's lives will turn out, so that chance has no value here.",
	}
	if v.NotInRanges != "" {
		notes = append(notes, "Not in the ranges, so that knowing it has no value here though it may have: "+words.Small(v.NotInRanges))
	}
	return notes
}

// valueSheet has a row for each option, and for everything that might be learned.
func valueSheet(v *sensitivity.Valued) Table {
	t := Table{Sheet: true, Columns: append(append(textColumns("programme", "case", "council", "measure", "kind", "name"), figureColumns(
		"expected_payoff_GBP", "payoff_standard_error_GBP", "chance_of_being_best", "chance_standard_error", "expected_loss_GBP", "loss_standard_error_GBP",
		"worth_GBP", "worth_standard_error_GBP", "estimate_GBP", "held_out_GBP", "held_out_standard_error_GBP", "if_it_told_nothing_GBP", "cost_GBP", "net_gain_GBP")...),
		textColumns("settled", "draws", "seed", "price_base")...)}
	for _, m := range valuedMeasures(v) {
		add := func(kind, name string, option, worth []Cell, settled string) {
			cells := append(texts(v.Version.Programme.Name, v.Version.Name(), v.Council, m.in.Measure.Name, kind, name), append(option, worth...)...)
			t.add(append(cells, texts(settled, fmt.Sprint(v.Draws), fmt.Sprint(v.Seed), v.PriceBase)...)...)
		}
		for _, o := range m.in.Options {
			add("option", o.Name, []Cell{
				bareCell(o.Payoff, unitPounds), bareCell(o.StdErr, unitPounds), bareCell(o.Best, "probability"), bareCell(o.BestStdErr, "probability"),
				bareCell(o.Loss, unitPounds), bareCell(o.LossStdErr, unitPounds),
			}, make([]Cell, 8), "")
		}
		learned := func(kind string, w information.Worth, study ...Cell) {
			if len(study) == 0 {
				study = make([]Cell, 2)
			}
			add(kind, w.Name, make([]Cell, 6), append([]Cell{
				bareCell(w.Value, unitPounds), bareCell(w.StdErr, unitPounds), bareCell(w.Estimate, unitPounds),
				bareCell(w.HeldOut, unitPounds), bareCell(w.HeldOutStdErr, unitPounds), bareCell(w.Zero, unitPounds),
			}, study...), fmt.Sprint(w.Settled()))
		}
		learned("everything", m.in.Perfect)
		for _, w := range m.in.Groups {
			learned("group", w)
		}
		for _, w := range m.in.Inputs {
			learned("input", w.Worth)
		}
		for _, s := range m.in.Studies {
			cost, _ := s.Cost.Float64()
			learned("study", s.Worth, bareCell(cost, unitPounds), bareCell(s.Gain, unitPounds))
		}
	}
	return t
}
