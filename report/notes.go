package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/warn"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// runLine says how many replications figures rest on, what their ranges and chances
// are over, and in what prices.
func runLine(c montecarlo.Conventions, of string) string { return runLineOver(c, of, overIn(c)) }

func runLineOver(c montecarlo.Conventions, of, over string) string {
	return fmt.Sprintf("%s%s %s, seed %d; £ in %s", words.Plural(c.Replications, "replication"), of, over, c.Seed, c.PriceBase)
}

// runsLine is runLine for several results, each of which may be in prices of its own.
func runsLine(results []*montecarlo.Result, of string) string {
	c := results[0].Conventions
	prices := grouped(byVersion(results...), func(r *montecarlo.Result) []string { return []string{r.Conventions.PriceBase} },
		func(text, labels string) string { return text + labels })
	if len(prices) > 1 {
		c.PriceBase = strings.Join(prices, " and in ")
	}
	return runLineOver(c, of, over(results...))
}

// labelled is a run and what a note calls it: the name of its version, of its
// offer, or nothing.
type labelled struct {
	label string
	run   *montecarlo.Result
}

// byVersion labels results with the names of their versions.
func byVersion(results ...*montecarlo.Result) []labelled {
	var all []labelled
	for _, r := range results {
		all = append(all, labelled{labelOf(r.Version, len(results)), r})
	}
	return all
}

// labelOf is what a note calls one of some versions: as it stands where it has no
// case, or nothing if it is the only one.
func labelOf(v *scenario.Version, of int) string {
	if of == 1 {
		return v.Name()
	}
	return headingOf(v)
}

// notes say how figures were made, the same for all runs of a page.
func notes(runs []labelled) []string {
	c := runs[0].run.Conventions
	inflated := grouped(runs, func(r *montecarlo.Result) []string { return pricesNotes(r.Version.Programme, r.Prices) },
		func(text, labels string) string { return "Prices" + labels + ": " + text })
	paired := grouped(runs, func(r *montecarlo.Result) (texts []string) {
		if text := pairingNote(r); text != "" {
			texts = append(texts, text)
		}
		return texts
	}, func(text, labels string) string { return "Range of the net public saving" + labels + ": " + text })
	return slices.Concat([]string{
		centralNote(c) + " " + whyTheyDiffer(runs),
		rangeNotes(runs) + " " + words.Capital(c.Pairing) + ".",
	}, paired, []string{
		words.Capital(c.Window) + ". Undiscounted unless called a present value: " + discounting(runs) + ".",
		ratioNote,
		"Counting: " + c.Counting + ". " + madeNote(c, fingerprints(runs)),
	}, inflated)
}

// ratioNote says what the benefit-cost ratio is.
const ratioNote = "Benefit-cost ratio: mean present value of gross avoided cost divided by mean present value of payments. A range or standard deviation of it is that of the ratio in single replications."

// discounting says how present values of all runs are worked out, and of which if
// they differ.
func discounting(runs []labelled) string {
	all := grouped(runs, func(r *montecarlo.Result) []string { return []string{r.Conventions.Discounting} },
		func(text, labels string) string { return text + labels })
	if len(all) == 1 {
		return runs[0].run.Conventions.Discounting
	}
	return strings.Join(all, "; ")
}

// centralNote says what the central projection and the mean are.
func centralNote(c montecarlo.Conventions) string {
	return "Central projection: " + c.Central + ". Mean: " + c.Mean + "."
}

// whyTheyDiffer says why the mean is not the central projection.
func whyTheyDiffer(runs []labelled) string {
	for _, one := range runs {
		if over(one.run) == overRates {
			return "They differ where a cap binds, and where a figure is not in proportion to what is uncertain; the mean is then the one to expect."
		}
	}
	return "They differ where a cap binds, and the mean is then the one to expect."
}

// rangeNote says what ranges and probabilities cover.
func rangeNote(c montecarlo.Conventions) string {
	return "Ranges and probabilities cover " + c.Uncertainty + "."
}

// rangeNotes is rangeNote for several runs, which may differ in what is uncertain.
func rangeNotes(runs []labelled) string {
	all := grouped(runs, func(r *montecarlo.Result) []string { return []string{r.Conventions.Uncertainty} }, func(text, labels string) string {
		return "Ranges and probabilities" + labels + " cover " + text + "."
	})
	if len(all) == 1 {
		return rangeNote(runs[0].run.Conventions)
	}
	return strings.Join(all, " ")
}

// madeNote says over what time and by what the figures were made.
func madeNote(c montecarlo.Conventions, programmes string) string {
	return fmt.Sprintf("Horizon: %s, %d weeks. Engine %s on %s; %s.", c.Horizon.Long(), c.Weeks, c.Engine, c.Architecture, programmes)
}

// fingerprints say what was run: "programmes bcbdae1e75f7efd5 (low) and
// f578ecf0c7ceac7e (medium)".
func fingerprints(runs []labelled) string {
	if len(runs) == 1 {
		return "programme " + runs[0].run.Conventions.Fingerprint
	}
	all := grouped(runs, func(r *montecarlo.Result) []string { return []string{r.Conventions.Fingerprint} },
		func(print, labels string) string { return print + labels })
	if len(all) == 1 {
		return "programme " + runs[0].run.Conventions.Fingerprint
	}
	return "programmes " + words.And(all)
}

// Differences between simulated and exact means that are ordinary.
const checkRule = "Among so many figures a largest difference of 2 to 3.5 standard errors is ordinary; above 5 there is a warning."

// checkNote says how well simulated means agree with exact ones.
func checkNote(runs []labelled) string {
	worst, compared := 0.0, 0
	for _, one := range runs {
		worst, compared = max(worst, one.run.Check.Errors), max(compared, one.run.Check.Compared)
	}
	if compared == 0 && runs[0].run.Conventions.Replications > 1 {
		return "Check: where rates are drawn, no exact mean is known to compare simulated means with; at fixed rates (--fixed-rates) exact means are."
	}
	if compared == 0 {
		return "Check: " + oneReplication
	}
	return fmt.Sprintf("Check: simulated means are at most %s standard errors from the exact ones, over %s figures of a run. %s",
		words.Number(worst, 1), words.Count(float64(compared)), checkRule)
}

// warned are the warnings of runs, and the cautions of their programme.
func warned(runs []labelled) []string {
	first := runs[0].run
	return append(warnings(runs), cautions(first.Version.Programme, first.Prices)...)
}

// versionsWarned are the warnings about versions of which a page shows what many runs
// say and no result, and the cautions of their programme.
func versionsWarned(prices contract.Prices, versions ...*scenario.Version) []string {
	var labels, texts []string
	for _, v := range versions {
		labels = append(labels, labelOf(v, len(versions)))
	}
	for _, g := range warn.Versions(prices, labels, versions...) {
		texts = append(texts, g.String())
	}
	return append(texts, cautions(versions[0].Programme, prices)...)
}

// byRanges says of a study of inputs that it draws them by the ranges of the file.
func byRanges(versions ...*scenario.Version) []string {
	for _, v := range versions {
		if v.LawsAlone || v.Programme.Conditioned != nil {
			return []string{fmt.Sprintf("Inputs are drawn from the ranges of the file, also in the case %s: its draws that are held to what was paid are together alone, and here one input is varied without the others.", v.Case)}
		}
	}
	return nil
}

// warnings are the warnings of runs, each once with the runs that have it.
func warnings(runs []labelled) []string {
	var labels []string
	found := make([][]warn.Warning, len(runs))
	for i, one := range runs {
		labels = append(labels, one.label)
		for _, w := range one.run.Warnings {
			found[i] = append(found[i], warn.Warning{Kind: string(w.Kind), Path: w.Path, Amount: w.Amount, Text: w.Text})
		}
	}
	var texts []string
	for _, g := range warn.Grouped(labels, found) {
		texts = append(texts, g.String())
	}
	return texts
}

// grouped writes each text that runs have once, in the order in which they are
// found, with the labels of the runs that have it: " (low and high)".
func grouped(runs []labelled, texts func(*montecarlo.Result) []string, write func(text, labels string) string) []string {
	var order []string
	labels := map[string][]string{}
	for _, one := range runs {
		for _, text := range texts(one.run) {
			if !slices.Contains(order, text) {
				order = append(order, text)
			}
			if one.label != "" && !slices.Contains(labels[text], one.label) {
				labels[text] = append(labels[text], one.label)
			}
		}
	}
	for i, text := range order {
		who := ""
		if all := labels[text]; len(all) > 3 && len(all) == len(runs) {
			who = " (all)"
		} else if len(all) > 0 {
			who = " (" + words.And(all) + ")"
		}
		order[i] = write(text, who)
	}
	return order
}

// cautions are a programme's own, which every report carries.
func cautions(p *model.Programme, prices contract.Prices) []string {
	var notes []string
	for _, caution := range p.Cautions {
		notes = append(notes, "Caution: "+caution)
	}
	return append(notes, amountsOfFile("these cautions", p.Cautions, p, prices)...)
}

// amountsOfFile says in which prices amounts in texts of the file are, where the
// figures beside them are in cash.
func amountsOfFile(what string, texts []string, p *model.Programme, prices contract.Prices) []string {
	quotes := func(text string) bool {
		return strings.Contains(text, strings.TrimSpace(words.CurrencySign(p.Currency)))
	}
	if prices == contract.Constant || !slices.ContainsFunc(texts, quotes) {
		return nil
	}
	return []string{fmt.Sprintf("Amounts in %s are as the file has them: those that were worked out are in %s, not in cash, and those that were published are as published.",
		what, p.PriceText(contract.Constant))}
}
