package contract

import (
	"errors"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/enum"
	"github.com/edgeofcare/edgeofcare/internal/located"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// payers are the contract's payers as the pricer needs them.
type payers struct {
	list  []payer
	names []string // of the payers other than the commissioners
	// shares are those of the list again, in billionths, by commissioner ×
	// quarter × payer, so that those which split one claim follow one another.
	shares []int64
	capped bool // whether any payer has a cap
}

type payer struct {
	ledger int     // row in the ledger; -1 for whichever commissioner claims
	share  []int64 // billionths by commissioner × quarter
	cap    int64   // pence
	then   Overflow
}

func newPayers(list []Payer, s *Shape) (payers, error) {
	var faults []error
	var all payers
	for _, p := range list {
		at := "payers." + p.Name
		one := payer{ledger: -1, then: p.Then}
		if p.Name != ClaimingCommissioner {
			one.ledger = len(all.names)
			faults = append(faults, located.Within(at, nameable(p.Name, all.names, s)))
			all.names = append(all.names, p.Name)
		} else if p.Cap.Valid {
			faults = append(faults, located.At(at, "a cap needs a payer with a name of its own"))
		}
		for _, name := range p.Claims {
			faults = append(faults, known(at+".claims", "commissioner", name, s.Commissioners))
		}
		if !enum.Valid(p.Then, overflowNames) {
			faults = append(faults, located.At(at+".then", "%s is not a consequence: %s", enum.Name(p.Then, overflowNames), oneOf(overflowNames)))
		}
		var err error
		one.cap, err = limit(p.Cap)
		faults = append(faults, located.Within(at+".cap", err))
		all.capped = all.capped || p.Cap.Valid
		one.share, err = p.byQuarter(s)
		faults = append(faults, located.Within(at+".share", err))
		all.list = append(all.list, one)
	}
	if err := errors.Join(faults...); err != nil {
		return all, err
	}
	for i := range len(s.Commissioners) * len(s.Quarters) {
		for _, p := range all.list {
			all.shares = append(all.shares, p.share[i])
		}
	}
	return all, all.addUp(s)
}

// nameable says why a payer cannot have a name, after those before it.
func nameable(name string, before []string, s *Shape) error {
	switch {
	case name == "":
		return errors.New("a payer needs a name")
	case slices.Contains(before, name):
		return fmt.Errorf("%q is there twice: names must differ", name)
	case slices.Contains(s.Commissioners, name):
		return fmt.Errorf("%q is a commissioner, and what a commissioner pays of its own claims is the share of the payer called %q: use that name, and say under claims whose",
			name, ClaimingCommissioner)
	}
	return nil
}

// byQuarter returns the payer's share of each commissioner's claim, in
// billionths.
func (p Payer) byQuarter(s *Shape) ([]int64, error) {
	if err := p.checkShares(); err != nil {
		return nil, err
	}
	shares := make([]int64, 0, len(s.Commissioners)*len(s.Quarters))
	for _, commissioner := range s.Commissioners {
		for _, quarter := range s.Quarters {
			share := int64(0)
			if len(p.Claims) == 0 || slices.Contains(p.Claims, commissioner) {
				share = p.on(quarter.First()).Shift(9).IntPart()
			}
			shares = append(shares, share)
		}
	}
	return shares, nil
}

func (p Payer) checkShares() error {
	if len(p.Shares) == 0 {
		return errors.New("there is none: a payer needs at least one share, from 0 to 1")
	}
	seen := map[calendar.Date]bool{}
	for _, dated := range p.Shares {
		if _, err := shareOf(dated.Share); err != nil {
			return err
		}
		if seen[dated.From] {
			return errors.New("two shares hold from the same date: keep one")
		}
		seen[dated.From] = true
		if quarter := dated.From.Quarter(); dated.From != quarter.First() {
			return fmt.Errorf("a share holds from %s, inside a quarter, and a quarter has one share: let it hold from %s or %s",
				dated.From, quarter.First(), quarter.Add(1).First())
		}
	}
	return nil
}

// on returns the share in force on a day: 0 before the first.
func (p Payer) on(day calendar.Date) decimal.Decimal {
	var latest DatedShare
	for _, dated := range p.Shares {
		if !dated.From.After(day) && !dated.From.Before(latest.From) {
			latest = dated
		}
	}
	return latest.Share
}

// addUp reports the first quarter of each commissioner in which the payers'
// shares do not add up to 1.
func (all payers) addUp(s *Shape) error {
	var faults []error
	for c, commissioner := range s.Commissioners {
		for q, quarter := range s.Quarters {
			sum := int64(0)
			for _, p := range all.list {
				sum += p.share[c*len(s.Quarters)+q]
			}
			if sum != whole {
				faults = append(faults, located.At("payers",
					"the shares of %s's claim for %s add up to %.9g (%.9g%%): they must add up to 1 (100%%)",
					commissioner, quarter, float64(sum)/whole, 100*float64(sum)/whole))
				break
			}
		}
	}
	return errors.Join(faults...)
}

// row is the n-th payer's row in the ledger for one commissioner's claim.
func (all *payers) row(n, commissioner int) int {
	if all.list[n].ledger < 0 {
		return len(all.names) + commissioner
	}
	return all.list[n].ledger
}
