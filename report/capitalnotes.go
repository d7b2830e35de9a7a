package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
)

// solvedNotes say which results are inputs, because a cost of delivery or a term
// of the facility was chosen to give them; none if none was.
func solvedNotes(cases ...*model.Programme) []string {
	var all []string
	for _, p := range cases {
		for _, in := range p.Register {
			if in.SolvedFor == nil || !ofCapital(in) {
				continue
			}
			what := "The " + in.SolvedFor.Measure
			if in.SolvedFor.Case != "" {
				what = "In the " + in.SolvedFor.Case + " case the " + in.SolvedFor.Measure
			}
			note := fmt.Sprintf("%s is an input, not a result: the %s (%s) were solved for %s in the central projection",
				what, costsFrom(p), in.Path, in.SolvedFor.Result)
			if by := changedBy(p); len(by) > 0 {
				note += "; here they have been changed by " + strings.Join(by, ", ")
			}
			if note += "."; !slices.Contains(all, note) {
				all = append(all, note)
			}
		}
	}
	return all
}

// ofCapital reports whether an input is to delivery or the facility.
func ofCapital(in model.Input) bool {
	_, delivery := in.Path.Under("delivery")
	_, facility := in.Path.Under("facility")
	return delivery || facility
}

// changedBy names what has set inputs to delivery or the facility besides the
// file's own body and the case.
func changedBy(p *model.Programme) []string {
	var by []string
	for _, in := range p.Register {
		base, _, _ := strings.Cut(strings.ReplaceAll(p.Case, " + ", ", with "), ", with ")
		if ofCapital(in) && in.By != "" && in.By != base && !slices.Contains(by, in.By) {
			by = append(by, in.By)
		}
	}
	for i := range by {
		if by[i] == "edit" {
			by[i] = "an edit"
		}
	}
	return by
}

// repaymentNotes say in which order money comes back: once if it is the same in
// all cases.
func repaymentNotes(names []string, cases []*model.Programme) []string {
	var orders, of []string
	for i, p := range cases {
		order := repayment(p.Facility)
		k := slices.Index(orders, order)
		if k < 0 {
			k = len(orders)
			orders, of = append(orders, order), append(of, "")
		}
		of[k] += ", " + names[i]
	}
	for i := range orders {
		where := ""
		if len(orders) > 1 {
			where = " (" + strings.TrimPrefix(of[i], ", ") + ")"
		}
		orders[i] = "Order of repayment" + where + ": " + orders[i]
	}
	return orders
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
	kept := "what the costs up to the next receipt do not need"
	if f.NoRecycling {
		kept = "the receipts"
	}
	if f.Reserve.IsPositive() {
		kept += ", less a reserve of " + exact(f.Reserve)
	}
	owed := "what they paid in"
	if f.PreferredReturn > 0 {
		owed += fmt.Sprintf(" and the preferred return, %.4g%% a year for the whole facility", 100*f.PreferredReturn)
	}
	shortfall := "whoever met a shortfall"
	for _, i := range f.Investors {
		if i.Provider {
			shortfall += " (" + i.Name + ")"
			break
		}
	}
	investors := "the investors " + inRanks(f)
	var text string
	if f.ShortfallLast {
		text = fmt.Sprintf("%s, %s is paid out: first to %s, until they have back %s, and after the investors to %s.", from, kept, investors, owed, shortfall)
	} else {
		text = fmt.Sprintf("%s, %s is paid out: first to %s, before the investors, and then to %s, until they have back %s.", from, kept, shortfall, investors, owed)
	}
	if f.Interest > 0 {
		text += fmt.Sprintf(" Interest of %.4g%% a year is paid each quarter before that.", 100*f.Interest)
	}
	return text + " A shortfall earns nothing. All that is left on the last day is paid out in the same order, and what is then still left is the surplus, shared " + surplusInWords(f) + "."
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

// surplusInWords says how the surplus is shared.
func surplusInWords(f *model.Facility) string {
	var parts []string
	for _, i := range f.Investors {
		if i.Residual.IsPositive() {
			parts = append(parts, Share(i.Residual)+" to "+i.Name)
		}
	}
	if len(parts) == 0 {
		return "in proportion to the commitments"
	}
	return strings.Join(parts, ", ")
}
