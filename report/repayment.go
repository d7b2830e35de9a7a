package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// repaymentNotes say in which order money comes back: once if it is the same in
// all cases.
func repaymentNotes(versions ...*scenario.Version) []string {
	var orders []string
	of := map[string][]string{} // headings of cases, by order
	for _, v := range versions {
		order := repayment(v.Programme.Facility)
		if of[order] == nil {
			orders = append(orders, order)
		}
		of[order] = append(of[order], headingOf(v))
	}
	notes := make([]string, len(orders))
	for i, order := range orders {
		where := ""
		if len(orders) > 1 {
			where = " (" + words.And(of[order]) + ")"
		}
		notes[i] = "Order of repayment" + where + ": " + order
	}
	return notes
}

// repayment says who is paid back when, as package finance does it.
func repayment(f *model.Facility) string {
	if f == nil {
		f = &model.Facility{}
	}
	from := "after each receipt"
	if !f.RepayFrom.IsZero() {
		from = "from " + f.RepayFrom.Long() + " on, after each receipt"
	}
	kept := "what is not needed for costs up to the next receipt"
	if f.NoRecycling {
		kept = "the receipts"
	}
	if f.Reserve.IsPositive() {
		kept += ", less a reserve of " + stated(f.Reserve)
	}
	shortfall := "whoever met a shortfall" + findersInWords(f)
	investors := "the investors " + inRanks(f)
	var text string
	if f.ShortfallLast {
		text = fmt.Sprintf("%s, %s is paid out: first to %s, until they have back %s, and after the investors to %s.", from, kept, investors, owedInWords(f), shortfall)
	} else {
		text = fmt.Sprintf("%s, %s is paid out: first to %s, before the investors, and then to %s, until they have back %s.", from, kept, shortfall, investors, owedInWords(f))
	}
	return text + inSumInWords(f) + paidInCash(f) + " A shortfall earns nothing. All that is left on the last day is paid out in the same order, and what then remains is shared " + remainderInWords(f) + "."
}

// findersInWords names who can have met a shortfall: the provider, and by a covenant
// those who step in; empty where the terms name nobody.
func findersInWords(f *model.Facility) string {
	finder := ""
	for _, i := range f.Investors {
		if i.Provider {
			finder = i.Name
			break
		}
	}
	var others []string
	for _, c := range f.Covenants {
		if c.Then == model.StepIn && c.StepsIn != finder && !slices.Contains(others, c.StepsIn) {
			others = append(others, c.StepsIn)
		}
	}
	switch {
	case len(others) == 0 && finder == "":
		return ""
	case len(others) == 0:
		return " (" + finder + ")"
	}
	who := "it"
	if len(others) > 1 {
		who = "one of them"
	}
	stepped := words.Or(others) + " once " + who + " has stepped in)"
	if finder == "" {
		return " (" + stepped
	}
	return " (" + finder + ", or " + stepped
}

// termsOfAll are the terms of the investors, or of the one who is not named.
func termsOfAll(f *model.Facility) []model.Terms {
	if len(f.Investors) == 0 {
		return []model.Terms{f.Terms}
	}
	var all []model.Terms
	for _, i := range f.Investors {
		all = append(all, f.TermsOf(i))
	}
	return all
}

// owedInWords is what investors are owed.
func owedInWords(f *model.Facility) string {
	owed := "what they paid in"
	rolled, preferred := false, false
	for _, terms := range termsOfAll(f) {
		rolled = rolled || terms.RolledUp && terms.EarnsInterest()
		preferred = preferred || terms.PreferredReturn.Yearly > 0
	}
	if rolled {
		owed += " with the interest rolled up on it"
	}
	if preferred {
		owed += ", and then, in the same order, their preferred returns"
	}
	return owed
}

// inSumInWords says whose capital is due in one sum, or never.
func inSumInWords(f *model.Facility) string {
	var parts []string
	for _, i := range f.Investors {
		switch terms := f.TermsOf(i); {
		case terms.Grant:
			parts = append(parts, i.Name+" gives a grant, which is never repaid")
		case !terms.RepaidOn.IsZero():
			said := "the capital of " + i.Name + " waits until " + terms.RepaidOn.Long() + ", when it is due before anything that has no day of its own"
			if before := repaidBefore(f, i); len(before) > 0 {
				said += ", and nothing is set aside for it: until then cash repays " + words.And(before) + ", of a lower rank"
			}
			parts = append(parts, said)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " " + words.Capital(words.And(parts)) + "."
}

// repaidBefore are the investors of a lower rank who are repaid from what cash there
// is while an investor's capital waits for its day.
func repaidBefore(f *model.Facility, waiting model.Investor) (names []string) {
	for _, i := range f.Investors {
		terms := f.TermsOf(i)
		if max(1, i.Rank) > max(1, waiting.Rank) && i.Commitment.IsPositive() && !terms.Grant && (terms.RepaidOn.IsZero() || terms.RepaidOn.Before(f.TermsOf(waiting).RepaidOn)) {
			names = append(names, i.Name)
		}
	}
	return names
}

// paidInCash says what is paid at the end of each quarter.
func paidInCash(f *model.Facility) string {
	var parts []string
	for i, terms := range termsOfAll(f) {
		name := "the investors"
		if len(f.Investors) > 0 {
			name = f.Investors[i].Name
		}
		if terms.CommitmentFee.Yearly > 0 {
			parts = append(parts, "a fee of "+terms.CommitmentFee.String()+" to "+name+" on what is not drawn")
		}
		if terms.EarnsInterest() && !terms.RolledUp {
			parts = append(parts, "interest to "+name+" of "+interestRate(terms))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " Before that, at the end of each quarter, like costs: " + words.And(parts) + "."
}

// sharedRateNotes say what each investor earns in the central projection where one
// rate is stated for several ranks, which may earn different returns from it.
func sharedRateNotes(results ...*montecarlo.Result) (notes []string) {
	for _, r := range results {
		f := r.Version.Programme.Facility
		if f == nil || ranks(f) < 2 || !f.EarnsInterest() && f.PreferredReturn.Yearly == 0 {
			continue
		}
		var earned []string
		shared := map[int]bool{}
		for _, i := range f.Investors {
			if rank, ok := r.Ranked.Of(montecarlo.InternalRate, i.Name); ok && i.Terms == nil {
				shared[max(1, i.Rank)] = true
				earned = append(earned, i.Name+" "+centralOf(rank).Text)
			}
		}
		if len(shared) > 1 {
			notes = append(notes, "One rate for several ranks ("+headingOf(r.Version)+"): interest "+interestRate(f.Terms)+" and preferred return "+orNone(f.PreferredReturn)+" are stated once, under facility. With its share of the surplus each then earns, in the central projection: "+words.And(earned)+" a year. A rate of its own is written under an investor.")
		}
	}
	return notes
}

// interestRate is interest in words: a rate, or the tiers of it.
func interestRate(t model.Terms) string {
	by := t.InterestByRate
	if by == nil {
		return orNone(t.Interest)
	}
	var tiers []string
	for _, tier := range by.Tiers {
		tiers = append(tiers, orNone(tier.Interest)+" from "+words.Share(tier.From)+" on")
	}
	text := "the tier of the share of children referred for whom the metric " + by.Metric + " finds the outcome on its date: " + words.And(tiers)
	if by.AtLeast.Yearly > 0 {
		text += "; at least " + by.AtLeast.String() + " up to " + by.Until.Long()
	}
	return text + "; the one tier for the whole time"
}

func orNone(r model.Rate) string {
	if r.Yearly == 0 {
		return "none"
	}
	return r.String()
}

// inRanks says how investors are placed among each other.
func inRanks(f *model.Facility) string {
	if ranks(f) < 2 {
		return "in proportion to what they are owed"
	}
	byRank := map[int][]string{}
	var order []int
	for _, i := range f.Investors {
		rank := max(1, i.Rank)
		if byRank[rank] == nil {
			order = append(order, rank)
		}
		byRank[rank] = append(byRank[rank], i.Name)
	}
	slices.Sort(order)
	var parts []string
	for _, rank := range order {
		parts = append(parts, strings.Join(byRank[rank], " with "))
	}
	return "in order of rank (" + strings.Join(parts, ", then ") + ")"
}

// remainderInWords says how what remains on the last day is shared.
func remainderInWords(f *model.Facility) string {
	var parts []string
	for _, i := range f.Investors {
		if i.Residual.IsPositive() {
			parts = append(parts, words.Share(i.Residual)+" to "+i.Name)
		}
	}
	if len(parts) == 0 {
		return "in proportion to the commitments"
	}
	return words.And(parts)
}
