package contract

import (
	"errors"

	"github.com/edgeofcare/edgeofcare/internal/located"
)

// paidShares returns, by metric, the share of units that is paid for: all but
// the agreed deadweight, in billionths.
func paidShares(metrics []Metric) ([]int64, error) {
	var faults []error
	paid := make([]int64, len(metrics))
	for i, m := range metrics {
		deadweight, err := shareOf(m.AgreedDeadweight)
		faults = append(faults, located.Within("metrics."+m.Name+".deadweight", err))
		paid[i] = whole - deadweight
	}
	return paid, errors.Join(faults...)
}
