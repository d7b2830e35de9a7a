package contract

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/enum"
)

// accrue pays units in every payable week inside the window, from the first
// payable week since the start, up to the most units for one child; the week
// in which that is reached is paid in part.
func accrue(p Path, firstWeek, window int, i Interruption, perWeek, most int64, spans []Span) []Span {
	if p.Start < 0 {
		return spans
	}
	for _, stay := range p.Stays {
		if stay.To <= p.Start {
			continue
		}
		if !p.Payable.Has(stay.State) {
			if i == Ends {
				break
			}
			continue
		}
		first := max(stay.From-p.Start, firstWeek) // since the start
		weeks := min(stay.To-p.Start, window) - first
		if weeks <= 0 || most <= 0 {
			continue
		}
		from := p.Start + first
		if full := min(weeks, int(most/perWeek)); full > 0 {
			spans = append(spans, Span{From: from, To: from + full, Units: perWeek})
			from, weeks, most = from+full, weeks-full, most-int64(full)*perWeek
		}
		if weeks > 0 && most > 0 {
			spans = append(spans, Span{From: from, To: from + 1, Units: most})
			most = 0
		}
	}
	return spans
}

// validTerms reports terms below zero, lists out of order and unknown words.
func validTerms(t Trigger) error {
	var faults []error
	for _, term := range t.Terms() {
		for unit, number := range map[string]*int{"weeks": term.Weeks, "months": term.Months, "days": term.Days} {
			if number != nil && *number < 0 {
				faults = append(faults, fmt.Errorf("%s is %d: it must be 0 %s or more", term.Name, *number, unit))
			}
		}
		for unit, list := range map[string]*[]int{"weeks": term.EachWeeks, "months": term.EachMonths} {
			if list != nil && !ascending(*list) {
				faults = append(faults, fmt.Errorf("%s are %v: they must be 1 or more, each above the one before, in %s", term.Name, *list, unit))
			}
		}
		if i := term.Interruption; i != nil && !enum.Valid(*i, interruptionNames) {
			faults = append(faults, fmt.Errorf("%s is %s: it must be one of %s", term.Name, i, strings.Join(interruptionNames, ", ")))
		}
	}
	return errors.Join(faults...)
}

// ascending tells whether a list rises strictly from 1 or more.
func ascending(list []int) bool {
	return len(list) == 0 || list[0] >= 1 && slices.IsSorted(list) && len(slices.Compact(slices.Clone(list))) == len(list)
}
