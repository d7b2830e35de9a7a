package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
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
	owed := "what they paid in"
	if f.PreferredReturn.Yearly > 0 {
		owed += " and the preferred return, " + f.PreferredReturn.String() + " for the whole facility"
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
	if f.Interest.Yearly > 0 {
		text += " Interest of " + f.Interest.String() + " is paid each quarter before that."
	}
	return text + " A shortfall earns nothing. All that is left on the last day is paid out in the same order, and what then remains is shared " + remainderInWords(f) + "."
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
