package contract

import (
	"errors"
	"maps"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/located"
)

// cashableShares returns the share of avoided cost that is cashable, in
// billionths by cohort.
func (c Care) cashableShares(s *Shape) ([]int64, error) {
	var faults []error
	for _, name := range slices.Sorted(maps.Keys(c.Cashable)) {
		faults = append(faults, known("cohorts."+name, "cohort", name, s.Cohorts))
	}
	var shares []int64
	for _, cohort := range s.Cohorts {
		share, err := shareOf(c.Cashable[cohort])
		faults = append(faults, located.Within("cohorts."+cohort+".cashable share", err))
		shares = append(shares, share)
	}
	return shares, errors.Join(faults...)
}

// cash works out a share of what is avoided by quarter. Where care costs more
// with the programme, the cashable part is negative.
func cash(cashable, without, with []int64, share int64) {
	without, with = without[:len(cashable)], with[:len(cashable)]
	for q := range cashable {
		cashable[q] = part(without[q]-with[q], share)
	}
}
