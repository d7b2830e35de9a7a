package contract

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/enum"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Term is one setting of a trigger: exactly one of its pointers is set, and
// points into the trigger.
type Term struct {
	Name         string // as in a programme file
	FromOne      string // another name of the term, under which it is counted from 1 and not from 0; mostly none
	Weeks        *int   // a number of weeks
	Months       *int   // a number of months
	Days         *int   // a number of days
	EachWeeks    *[]int // a list of numbers of weeks
	EachMonths   *[]int // a list of numbers of months
	Date         *calendar.Date
	Interruption *Interruption // what a break in the outcome does
}

// Validate returns an error for every term that is out of range: below zero, a
// list out of order, an unknown word. It returns the Problem of the terms taken
// together too.
func (d Definition) Validate() error {
	var faults []error
	if d.Problem != "" {
		faults = append(faults, errors.New(d.Problem))
	}
	for _, term := range d.Terms {
		faults = append(faults, term.validate())
	}
	return errors.Join(faults...)
}

func (t Term) validate() error {
	switch {
	case t.Weeks != nil:
		return t.notNegative(*t.Weeks, "weeks")
	case t.Months != nil:
		return t.notNegative(*t.Months, "months")
	case t.Days != nil:
		return t.notNegative(*t.Days, "days")
	case t.EachWeeks != nil:
		return t.rises(*t.EachWeeks, "weeks")
	case t.EachMonths != nil:
		return t.rises(*t.EachMonths, "months")
	case t.Interruption != nil && !enum.Valid(*t.Interruption, interruptionNames):
		return fmt.Errorf("%s is %s: it must be one of %s", t.Name, t.Interruption, strings.Join(interruptionNames, ", "))
	}
	return nil
}

func (t Term) notNegative(number int, unit string) error {
	if number < 0 {
		return fmt.Errorf("%s is %d: it must be 0 %s or more", t.Name, number, unit)
	}
	return nil
}

// rises returns an error unless a list rises strictly from 1 or more.
func (t Term) rises(list []int, unit string) error {
	rising := slices.IsSorted(list) && len(slices.Compact(slices.Clone(list))) == len(list)
	if len(list) > 0 && (list[0] < 1 || !rising) {
		return fmt.Errorf("%s are %v: they must be 1 or more, each above the one before, in %s", t.Name, list, unit)
	}
	return nil
}
