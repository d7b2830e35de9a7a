package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Stresses lays a case out without stress and, apart from it, under stresses, the
// worst first, and says below what each stress does. A table for a spreadsheet
// has the figures of each stress with their errors; an empty rate of return there
// means that no capital is needed, or that there is none.
func Stresses(s *sensitivity.Stresses, by sensitivity.Order) []Table {
	if s == nil || !readable(s.Version) {
		return nothing("what sensitivity.Stress returned")
	}
	party := named(s.Party)
	rows := append([]sensitivity.Stressed{s.Unstressed}, s.WorstFirst(by)...)
	t := Table{
		Title: titleOf(s.Version) + ": under stress",
		About: append(append([]string{caseLine(s.Version)}, changedLines(s.Version)...), words.Capital(costsFrom(s.Version))+"; "+runLine(s.Conventions, " of each")),
		Columns: append(textColumns("stress"), figureColumns("facility P50", "facility P95", "facility not enough", "surplus",
			party+" loses", party+" "+kindOfRate(s.Conventions.Prices)+" IRR P50", "outcome payments", "net public saving")...),
	}
	scale := stressScale(rows)
	undefined := false
	for i, one := range rows {
		undefined = undefined || one.Rate.Defined < 1
		if i == 1 {
			t.heading("Worst first: " + worstBy(by, s.Party))
		}
		t.add(stressRow(one, scale)...)
	}
	t.Notes = append(stressNotes(rows, party, undefined), manyRuns(s.Conventions, s.Version)...)
	if len(s.LeftOut) > 0 {
		t.Notes = append(t.Notes, "Left out, because they do not fit what was changed: "+words.And(s.LeftOut)+".")
	}
	what := Table{Title: "What each stress does", Columns: textColumns("stress", "what it does")}
	var said []string
	for _, one := range rows[1:] {
		what.add(texts(one.Name, words.OneLine(one.Note))...)
		said = append(said, one.Note)
	}
	what.Notes = append(amountsOfFile("these descriptions", said, s.Version.Programme, s.Conventions.Prices), leftAlone(rows[1:])...)
	tables := []Table{t}
	if len(what.Rows) > 0 {
		tables = append(tables, what)
	}
	return inCurrency(s.Version.Programme, append(modelled(tables...), stressSheet(s, rows))...)
}

// leftAlone says which uncertain inputs do not follow a stress, though in the draws they
// go together with one that it moves.
func leftAlone(rows []sensitivity.Stressed) []string {
	type pair struct {
		c      model.RankCorrelation
		stress []string
	}
	var pairs []pair
	for _, row := range rows {
		for _, c := range row.Alone {
			i := slices.IndexFunc(pairs, func(p pair) bool { return p.c == c })
			if i < 0 {
				i, pairs = len(pairs), append(pairs, pair{c: c})
			}
			pairs[i].stress = append(pairs[i].stress, row.Name)
		}
	}
	if len(pairs) == 0 {
		return nil
	}
	var said []string
	for _, p := range pairs {
		said = append(said, fmt.Sprintf("%s and %s (rank correlation %s; %s)", p.c.Inputs[0], p.c.Inputs[1], strconv.FormatFloat(p.c.Spearman, 'f', -1, 64), words.And(p.stress)))
	}
	return []string{"A stress moves the mean of an input and leaves the means of others that go with it in the draws. So one of each of these pairs is stressed and the other is not: " +
		strings.Join(said, "; ") + ". To stress both, add the other to the stress with a plus sign."}
}

// named is the party of a table; the consortium unless one is named.
func named(party string) string {
	if party == "" {
		return finance.Consortium
	}
	return party
}

// whose is a party in a sentence.
func whose(party string) string {
	if named(party) == finance.Consortium {
		return "the consortium"
	}
	return party
}

// stressScale is how all amounts of a table of stresses are written: in
// thousands if any of them is large.
func stressScale(rows []sensitivity.Stressed) scale {
	for _, s := range rows {
		for _, v := range []float64{quantileOf(s.FacilityNeeded, 0.95).Value, s.Surplus.Mean, s.Payments.Mean, s.NetPublic.Mean} {
			if large(v) {
				return inThousands
			}
		}
	}
	return inPounds
}

// worstBy says what makes one stress worse than another.
func worstBy(by sensitivity.Order, party string) string {
	switch by {
	case sensitivity.BySurplus:
		return "the smallest mean surplus"
	case sensitivity.ByShortfall:
		return "the highest probability that the facility is not enough"
	case sensitivity.ByHurdle:
		return "the highest probability that " + whose(party) + " earns less than the hurdle"
	}
	return "the largest facility needed for 95% confidence"
}

// withoutStress is what the case as it stands is called beside its stresses.
const withoutStress = "without stress"

// stressName is what a stress is called.
func stressName(s sensitivity.Stressed) string {
	if s.Name == "" {
		return withoutStress
	}
	return s.Name
}

func stressRow(s sensitivity.Stressed, scale scale) []Cell {
	return []Cell{
		text(stressName(s)), amountOf(quantileOf(s.FacilityNeeded, 0.5).Value, scale), amountOf(quantileOf(s.FacilityNeeded, 0.95).Value, scale),
		chance(s.Short), amountOf(s.Surplus.Mean, scale), chance(s.Loses), medianRate(s.Rate),
		amountOf(s.Payments.Mean, scale), amountOf(s.NetPublic.Mean, scale),
	}
}

// medianRate is the median rate of return, with an asterisk if there is one in
// some of the replications only.
func medianRate(r montecarlo.Ranked) Cell {
	c := none()
	for _, q := range r.Quantiles {
		switch {
		case q.P != 0.5:
		case q.Lost:
			c = text(lossNoRate)
		case q.Undefined:
			c = text(noRate)
		case q.Value == nil:
			c = text("none needed")
		default:
			c = rate(*q.Value)
		}
	}
	if r.Defined < 1 {
		c.Text += "*"
	}
	return c
}

// quantileOf is a quantile that was asked for; 0 otherwise.
func quantileOf(s montecarlo.Summary, p float64) montecarlo.Quantile {
	for _, q := range s.Quantiles {
		if q.P == p {
			return q
		}
	}
	return montecarlo.Quantile{}
}

// stressNotes say what the columns are and how well the figures are known.
func stressNotes(rows []sensitivity.Stressed, party string, undefined bool) []string {
	all := []string{
		"Facility: the facility needed for 50% confidence (P50) and for 95% confidence (P95). Facility not enough: probability that today's is not. Surplus: receipts less cost of delivery, mean. " +
			partyNote(party) + " Outcome payments: mean. Net public saving: gross avoided cost less payments, mean.",
		stressErrors(rows),
	}
	if undefined {
		all = append(all, "* There is a rate of return in some of the replications only. The median is over all: those that lose money without a rate count below every rate (\"loss\"), and the others without one above every rate (\"no rate\").")
	}
	return all
}

// stressErrors says how well the figures are known.
func stressErrors(rows []sensitivity.Stressed) string {
	var facility precision
	var chance, surplus, public float64
	for _, s := range rows {
		if s.Surplus.StdErr == nil {
			return oneReplication
		}
		chance = max(chance, orZero(s.Short.StdErr), orZero(s.Loses.StdErr))
		surplus, public = max(surplus, *s.Surplus.StdErr), max(public, orZero(s.NetPublic.StdErr))
		for _, p := range []float64{0.5, 0.95} {
			q := quantileOf(s.FacilityNeeded, p)
			facility.of(p, &q.Value, q.Low, q.High)
		}
	}
	return fmt.Sprintf("Monte Carlo errors are at most: probabilities %.1f percentage points, surplus %s, net public saving %s (one standard error each); facility %s (95%% confidence).%s All rows use the same random numbers, so differences between them are known better.",
		100*chance, words.Pounds(surplus), words.Pounds(public), words.Pounds(facility.most), leftOpen(facility))
}

// orZero is an error that can be estimated, or 0.
func orZero(standardError *float64) float64 {
	if standardError == nil {
		return 0
	}
	return *standardError
}

// partyNote says whose loss and return a table shows.
func partyNote(party string) string {
	if party == finance.Consortium {
		return "Loses: probability that the consortium, which is all investors with whoever met a shortfall, gets back less than it paid in. IRR P50: its internal rate of return a year, the median."
	}
	return fmt.Sprintf("Loses: probability that %[1]s gets back less than it paid in. IRR P50: the internal rate of return of %[1]s a year, the median. What anyone finds for a shortfall beyond the facility is in neither.", party)
}

// stressSheet has a row for each stress, with the figures and their errors.
func stressSheet(s *sensitivity.Stresses, rows []sensitivity.Stressed) Table {
	t := Table{Sheet: true, Columns: append(append(textColumns("programme", "case", "stress", "party"), figureColumns(
		"facility_p50_GBP", "facility_p95_GBP", "facility_p95_low_GBP", "facility_p95_high_GBP",
		"probability_not_enough", "probability_not_enough_standard_error", "surplus_mean_GBP", "surplus_standard_error_GBP",
		"probability_loses", "probability_loses_standard_error", "rate_of_return_p50", "rate_is_defined", "rate_is_undefined_and_money_lost",
		"payments_mean_GBP", "payments_standard_error_GBP", "net_public_saving_mean_GBP", "net_public_saving_standard_error_GBP",
		"surplus_change_GBP", "surplus_change_standard_error_GBP")...), textColumns("replications", "seed", "price_base")...)}
	for _, one := range rows {
		cells := texts(s.Version.Programme.Name, s.Version.Name(), stressName(one), named(s.Party))
		p95 := quantileOf(one.FacilityNeeded, 0.95)
		cells = append(cells, bareCell(quantileOf(one.FacilityNeeded, 0.5).Value, unitPounds), bareCell(p95.Value, unitPounds),
			orNothing(p95.Low, unitPounds), orNothing(p95.High, unitPounds))
		cells = append(cells, probabilityCells(one.Short)...)
		cells = append(cells, poundsCells(one.Surplus.Mean, one.Surplus.StdErr)...)
		cells = append(cells, probabilityCells(one.Loses)...)
		var median *float64
		for _, q := range one.Rate.Quantiles {
			if q.P == 0.5 {
				median = q.Value
			}
		}
		cells = append(cells, orNothing(median, unitName(montecarlo.Rate)), bareCell(one.Rate.Defined, unitName(montecarlo.Probability)), bareCell(one.Rate.Lost, unitName(montecarlo.Probability)))
		cells = append(cells, poundsCells(one.Payments.Mean, one.Payments.StdErr)...)
		cells = append(cells, poundsCells(one.NetPublic.Mean, one.NetPublic.StdErr)...)
		cells = append(cells, poundsCells(one.SurplusChange.Mean, one.SurplusChange.StdErr)...)
		of := s.Conventions
		of.Replications = cmp.Or(one.Among, of.Replications)
		t.add(append(cells, append(runCells(of), text(of.PriceBase))...)...)
	}
	return t
}

// probabilityCells are a probability and its standard error, for a spreadsheet.
func probabilityCells(p montecarlo.ProbabilityOf) []Cell {
	unit := unitName(montecarlo.Probability)
	return []Cell{bareCell(p.Probability, unit), orNothing(p.StdErr, unit)}
}

// poundsCells are an amount and its standard error, for a spreadsheet.
func poundsCells(v float64, standardError *float64) []Cell {
	return []Cell{bareCell(v, unitPounds), orNothing(standardError, unitPounds)}
}
