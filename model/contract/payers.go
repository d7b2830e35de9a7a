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
	fixed  bool // whether shares are of all claims, whichever commissioner's
}

type payer struct {
	ledger int     // row in the ledger among those with names; -1 for whichever commissioner claims
	share  []int64 // billionths by commissioner × quarter
	cap    limit
	then   Overflow
}

func newPayers(list []Payer, s *Shape, index PriceIndex, in Prices) (payers, error) {
	var faults []error
	all := payers{fixed: areFixed(list, s)}
	all.names = othersOf(list, s)
	for i, p := range list {
		at := "payers." + p.Name
		one := payer{ledger: rowOf(p.Name, all.names, s), then: p.Then}
		if p.Name != ClaimingCommissioner {
			faults = append(faults, located.Within(at, nameable(p.Name, list[:i])))
		} else if p.Cap.Valid {
			faults = append(faults, located.At(at, "a cap needs a payer with a name of its own"))
		}
		faults = append(faults, all.fits(p))
		for _, name := range p.Claims {
			faults = append(faults, known(at+".claims", "commissioner", name, s.Commissioners))
		}
		if !enum.Valid(p.Then, overflowNames) {
			faults = append(faults, located.At(at+".then", "%s is not a consequence: %s", enum.Name(p.Then, overflowNames), oneOf(overflowNames)))
		}
		var err error
		one.cap, err = newLimit(p.Cap, p.CapIndexation, s, index, in)
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
	return all, errors.Join(all.addUp(s), all.leaveSomebody(list, s))
}

// othersOf returns the names of the payers that are no commissioners, in order.
func othersOf(list []Payer, s *Shape) (names []string) {
	for _, p := range list {
		if p.Name != ClaimingCommissioner && !slices.Contains(s.Commissioners, p.Name) {
			names = append(names, p.Name)
		}
	}
	return names
}

// rowOf is the row of a payer in the ledger, after the others than
// commissioners; -1 for whichever commissioner claims.
func rowOf(name string, others []string, s *Shape) int {
	if c := slices.Index(s.Commissioners, name); c >= 0 {
		return len(others) + c
	}
	return slices.Index(others, name)
}

// nameable says why a payer cannot have a name, after those before it.
func nameable(name string, before []Payer) error {
	switch {
	case name == "":
		return errors.New("a payer needs a name")
	case slices.ContainsFunc(before, func(p Payer) bool { return p.Name == name }):
		return fmt.Errorf("%q is there twice: names must differ", name)
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
		whose := commissioner + "'s claim"
		if all.fixed {
			whose = "all claims"
		}
		for q, quarter := range s.Quarters {
			sum := int64(0)
			for _, p := range all.list {
				sum += p.share[c*len(s.Quarters)+q]
			}
			if sum != whole {
				faults = append(faults, located.At("payers",
					"the shares of %s for %s add up to %.9g (%.9g%%): they must add up to 1 (100%%)",
					whose, quarter, float64(sum)/whole, 100*float64(sum)/whole))
				break
			}
		}
		if all.fixed {
			break
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
