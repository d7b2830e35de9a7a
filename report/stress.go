package report

import (
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// stressWidth is where the names of stresses are broken.
const stressWidth = 34

// Stresses lays a case out without stress and, apart from it, under stresses, the
// worst first, and says below what each stress does. The programme is the case as
// it stands.
func Stresses(s *sensitivity.Stresses, by sensitivity.Order, p *model.Programme) []Table {
	party := wrap(named(s.Party), 15, "")
	t := Table{
		Title: investTitle(s.Title, stressTitle(s.Case), p) + runLine(s.Conventions, " of each"),
		Columns: []string{
			"stress", "facility\nP50", "facility\nP95", "not\nenough", "\nsurplus", party + "\nloses", party + "\nIRR P50", "\npayments", "net\nsaving",
		},
		Text: 1, Width: stressWidth,
	}
	t.Width -= 2 * max(0, t.widths()[5]-len(finance.Consortium)) // two columns have the party's name
	worst := s.WorstFirst(by)
	rows := append([]sensitivity.Stressed{s.Unstressed}, worst...)
	someUndefined := false
	for i, one := range rows {
		someUndefined = someUndefined || one.Rate.Defined < 1
		if i == 1 {
			t.Add("WORST FIRST: " + strings.ToUpper(worstBy(by, s.Party)))
		}
		t.Add(stressRow(one, amountsIn(rows))...)
	}
	t.Notes = append(stressNotes(rows, named(s.Party), someUndefined), investorsOnly(s.Conventions, p)...)
	if len(s.LeftOut) > 0 {
		t.Notes = append(t.Notes, "Left out, because they do not fit with what was changed: "+strings.Join(s.LeftOut, "; ")+".")
	}
	what := Table{Title: "What each stress does", Columns: []string{"stress", "what it does"}, Text: 2, Width: 60}
	for _, one := range rows[1:] {
		what.Add(one.Name, strings.Join(strings.Fields(one.Note), " "))
	}
	if len(what.Rows) == 0 {
		return []Table{t}
	}
	return []Table{t, what}
}

// named is the party of a table; the consortium unless it is told.
func named(party string) string {
	if party == "" {
		return finance.Consortium
	}
	return party
}

// stressTitle says which case is under stress.
func stressTitle(name string) string {
	if text := caseInWords(name); strings.Contains(text, " with ") {
		return text + ", under stress"
	}
	return caseInWords(name) + " under stress"
}

// amountsIn returns how the amounts of a table are written: in thousands if any
// of them is large.
func amountsIn(rows []sensitivity.Stressed) func(float64) string {
	for _, s := range rows {
		for _, v := range []float64{quantileOf(s.FacilityNeeded, 0.95), s.Surplus.Mean, s.Payments.Mean, s.NetPublic.Mean} {
			if thousands(v) {
				return func(v float64) string { return Money(v/1e3) + "k" }
			}
		}
	}
	return Money
}

// worstBy says what makes one stress worse than another.
func worstBy(by sensitivity.Order, party string) string {
	switch by {
	case sensitivity.BySurplus:
		return "the smaller the mean surplus"
	case sensitivity.ByShortfall:
		return "the likelier that the facility is not enough"
	case sensitivity.ByHurdle:
		return "the likelier that " + whose(party) + " earns less than the hurdle"
	}
	return "the larger the facility that is enough with 95%"
}

// whose is a party in a sentence.
func whose(party string) string {
	if named(party) == finance.Consortium {
		return "the consortium"
	}
	return party
}

// withoutStress is what the case as it stands is called beside its stresses.
const withoutStress = "without stress"

func stressRow(s sensitivity.Stressed, amount func(float64) string) []string {
	name := s.Name
	if name == "" {
		name = withoutStress
	}
	rate := "-"
	for _, q := range s.Rate.Quantiles {
		if q.P == 0.5 {
			rate = "none needed"
			if q.Value != nil {
				rate = grouped(100**q.Value, 1) + "%"
			}
		}
	}
	if s.Rate.Defined < 1 {
		rate += "*"
	}
	return []string{
		name, amount(quantileOf(s.FacilityNeeded, 0.5)), amount(quantileOf(s.FacilityNeeded, 0.95)),
		Percent(s.Short.Probability), amount(s.Surplus.Mean), Percent(s.Loses.Probability), rate,
		amount(s.Payments.Mean), amount(s.NetPublic.Mean),
	}
}

// quantileOf is a quantile that was asked for; 0 otherwise.
func quantileOf(s montecarlo.Summary, p float64) float64 {
	for _, q := range s.Quantiles {
		if q.P == p {
			return q.Value
		}
	}
	return 0
}

// stressNotes say what the columns are and how well the figures are known.
func stressNotes(rows []sensitivity.Stressed, party string, undefined bool) []string {
	var facility, chance, surplus, public float64
	for _, s := range rows {
		chance = max(chance, s.Short.StdErr, s.Loses.StdErr)
		surplus, public = max(surplus, s.Surplus.StdErr), max(public, s.NetPublic.StdErr)
		for _, q := range s.FacilityNeeded.Quantiles {
			if q.P == 0.5 || q.P == 0.95 {
				facility = max(facility, q.High-q.Value, q.Value-q.Low)
			}
		}
	}
	all := []string{
		"Facility: the one that would be enough in half (P50) and in 95% (P95) of replications. Not enough: probability that today's is not. Surplus: receipts less cost of delivery, mean. " +
			partyNote(party) + " Payments: for outcomes, mean. Net saving: net public saving, gross avoided cost less payments, mean.",
		fmt.Sprintf("Monte Carlo errors are at most: probabilities %.1f percentage points, surplus %s, net saving %s (one standard error each); facility %s (95%% confidence). All rows have the same luck, so differences between them are known better.",
			100*chance, Money(surplus), Money(public), Money(facility)),
	}
	if undefined {
		all = append(all, "* There is a rate of return in some of the replications only, and the median is over these, which are the better ones: read surplus and loss instead.")
	}
	return all
}

// partyNote says whose loss and return a table shows.
func partyNote(party string) string {
	if party == finance.Consortium {
		return "Loses: probability that the consortium, which is all investors with whoever met a shortfall, gets back less than it paid in. IRR P50: its internal rate of return a year, the median."
	}
	return fmt.Sprintf("Loses: probability that %[1]s gets back less than it paid in. IRR P50: the internal rate of return of %[1]s a year, the median. What anybody finds for a shortfall beyond the facility is in neither.", party)
}

// investorsOnly are the notes of a table that is made by many runs of a
// programme.
func investorsOnly(c montecarlo.Conventions, p *model.Programme) []string {
	all := []string{
		assumedNote(p),
		"Dates: " + c.Capital + ". " + realOr(c.PriceBase),
		"Range: " + c.Uncertainty + ".",
		fmt.Sprintf("Horizon: %s, %d weeks. Engine %s on %s; programme %s.", c.Horizon.Long(), c.Weeks, c.Engine, c.Architecture, c.Fingerprint),
	}
	for _, caution := range p.Cautions {
		all = append(all, "Caution: "+caution)
	}
	return all
}

// StressFigures is [Stresses] with figures for a spreadsheet: a row for each
// stress, amounts in £, probabilities and rates as shares of 1, with their
// errors. An empty rate means that no capital is needed, or that there is none.
func StressFigures(s *sensitivity.Stresses, by sensitivity.Order) Table {
	t := Table{Text: 4, Columns: []string{
		"programme", "case", "stress", "party", "facility_p50_GBP", "facility_p95_GBP", "facility_p95_low_GBP", "facility_p95_high_GBP",
		"probability_not_enough", "probability_not_enough_standard_error", "surplus_mean_GBP", "surplus_standard_error_GBP",
		"probability_loses", "probability_loses_standard_error", "rate_of_return_p50", "rate_is_defined",
		"payments_mean_GBP", "payments_standard_error_GBP", "net_public_saving_mean_GBP", "net_public_saving_standard_error_GBP",
		"surplus_change_GBP", "surplus_change_standard_error_GBP", "replications", "seed",
	}}
	for _, one := range append([]sensitivity.Stressed{s.Unstressed}, s.WorstFirst(by)...) {
		name, rate := one.Name, ""
		if name == "" {
			name = withoutStress
		}
		for _, q := range one.Rate.Quantiles {
			if q.P == 0.5 {
				rate = orNothing(q.Value)
			}
		}
		var low, high float64
		for _, q := range one.FacilityNeeded.Quantiles {
			if q.P == 0.95 {
				low, high = q.Low, q.High
			}
		}
		cells := []string{s.Programme, s.Case, name, named(s.Party)}
		for _, v := range []float64{
			quantileOf(one.FacilityNeeded, 0.5), quantileOf(one.FacilityNeeded, 0.95), low, high,
			one.Short.Probability, one.Short.StdErr, one.Surplus.Mean, one.Surplus.StdErr, one.Loses.Probability, one.Loses.StdErr,
		} {
			cells = append(cells, number(v))
		}
		cells = append(cells, rate)
		for _, v := range []float64{
			one.Rate.Defined, one.Payments.Mean, one.Payments.StdErr, one.NetPublic.Mean, one.NetPublic.StdErr,
			one.SurplusChange.Mean, one.SurplusChange.StdErr, float64(s.Conventions.Replications),
		} {
			cells = append(cells, number(v))
		}
		t.Add(append(cells, fmt.Sprint(s.Conventions.Seed))...)
	}
	return t
}

// Reversed lays out how bad each driver must be, alone, for an event to become as
// likely as was asked: a table for each event, a line for each driver. The
// programme is the case as it stands.
func Reversed(all []*sensitivity.Reversed, p *model.Programme) []Table {
	var tables []Table
	for i, r := range all {
		t := Table{Columns: []string{"what changes, alone", "how likely, and how bad it must be", "range tried"}, Text: 3, Width: 41}
		title := fmt.Sprintf("How bad must one thing be for a probability of %s that %s?", Percent(r.Probability), inWords(r.Event, r.Party))
		if i == 0 {
			title = investTitle(r.Title, caseInWords(r.Case)+", stressed in reverse", p) + runLine(r.Conventions, " of each run") + "\n\n" + title
		}
		t.Title = title
		for _, a := range r.Answers {
			t.Add(a.Driver.Name, answerInWords(a, r.Probability), tried(a.Driver))
		}
		if i == len(all)-1 {
			t.Notes = reversedNotes(r, p)
		}
		tables = append(tables, t)
	}
	return tables
}

// inWords says an event as a clause, of a party where it befalls one.
func inWords(event, party string) string {
	who, does := "investors", func(plural, _ string) string { return plural }
	if named(party) != finance.Consortium {
		who, does = party, func(_, singular string) string { return singular }
	}
	switch event {
	case montecarlo.FacilityShort:
		return "the facility runs dry"
	case montecarlo.LosesMoney:
		return who + does(" lose", " loses") + " money"
	case montecarlo.MissesHurdle:
		return who + does(" earn", " earns") + " less than the hurdle"
	case montecarlo.Saves:
		return "the public saves money"
	}
	return event
}

// tried is the range of a driver.
func tried(d sensitivity.Driver) string { return d.Text(d.From) + " to " + d.Text(d.To) }

// answerInWords says what was found for one driver: "42.9% today; would be below
// 10% at × 0.97 or less (9.7% ± 0.7%)".
func answerInWords(a sensitivity.Answer, wanted float64) string {
	d, now, asked := a.Driver, Percent(a.Neutral.Probability)+" today", Percent(wanted)
	if !a.Found {
		never, end := "never "+asked, "worst"
		if a.Already {
			never, end = "never below "+asked, "best"
		}
		extreme := fmt.Sprintf("%s, at %s", Percent(a.Extreme.Probability), d.Text(a.Extreme.Value))
		if a.Extreme == a.Neutral {
			extreme = "as it is today"
		}
		return fmt.Sprintf("%s, and %s within the range: at %s %s", now, never, end, extreme)
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
		at = append(at, fmt.Sprintf("at %s %s (%s)", d.Text(c.Value), beyond, within(c.Probability, c.StdErr, montecarlo.Probability)))
	}
	return now + "; would " + turns + asked + " " + strings.Join(at, ", and ")
}

func reversedNotes(r *sensitivity.Reversed, p *model.Programme) []string {
	all := []string{
		"× multiplies what the file says; days, weeks, months and % a year are added to it. Each line changes one thing and leaves the rest as it stands. Today: as the case stands. In brackets: the probability at that value, ± one Monte Carlo standard error. The range is searched outwards in about twelve parts, so that a crossing and back within one part is not seen.",
		losesNote(r.Party) + " What care costs is not among the drivers, because it moves no money of theirs.",
	}
	for _, a := range r.Answers {
		if a.Driver.Note != "" {
			all = append(all, capital(a.Driver.Name)+": "+a.Driver.Note+".")
		}
	}
	return append(all, investorsOnly(r.Conventions, p)...)
}

// losesNote says what it is to lose money.
func losesNote(party string) string {
	if named(party) == finance.Consortium {
		return "Investors lose money: all investors, with whoever met a shortfall, get back less than was paid in."
	}
	return party + " loses money: it gets back less than it paid in. What anybody finds for a shortfall beyond the facility is not counted."
}

// ReversedFigures is [Reversed] with figures for a spreadsheet: a row for each
// driver and event with its crossing nearest to how things stand, empty if there
// is none. Probabilities are shares of 1; values are in the driver's unit.
func ReversedFigures(all []*sensitivity.Reversed) Table {
	t := Table{Text: 6, Columns: []string{
		"programme", "case", "event", "party", "driver", "unit", "probability_asked_for", "from", "to", "neutral", "probability_at_neutral",
		"crossing", "probability_at_crossing", "standard_error", "extreme", "probability_at_extreme", "replications", "seed",
	}}
	for _, r := range all {
		for _, a := range r.Answers {
			d := a.Driver
			cells := []string{r.Programme, r.Case, r.Event, named(r.Party), d.Name, d.Unit}
			for _, v := range []float64{r.Probability, d.From, d.To, d.Neutral, a.Neutral.Probability} {
				cells = append(cells, number(v))
			}
			if a.Found {
				c := a.Crossings[0]
				cells = append(cells, number(c.Value), number(c.Probability), number(c.StdErr))
			} else {
				cells = append(cells, "", "", "")
			}
			t.Add(append(cells, number(a.Extreme.Value), number(a.Extreme.Probability),
				fmt.Sprint(r.Conventions.Replications), fmt.Sprint(r.Conventions.Seed))...)
		}
	}
	return t
}
