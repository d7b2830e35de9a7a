package report

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// precision is how well quantiles are known: the largest distance from one to a
// bound of it, and the quantiles that so few replications leave without a bound on
// one side.
type precision struct {
	most float64
	open []float64
}

// of takes a quantile into account, unless it is without bound itself.
func (p *precision) of(share float64, value, low, high *float64) {
	if value == nil {
		return
	}
	if low != nil {
		p.most = max(p.most, *value-*low)
	}
	if high != nil {
		p.most = max(p.most, *high-*value)
	}
	if (low == nil || high == nil) && !slices.Contains(p.open, share) {
		p.open = append(p.open, share)
	}
}

// leftOpen says of which quantiles nothing is known on one side, if any.
func leftOpen(all ...precision) string {
	var open []float64
	for _, p := range all {
		open = append(open, p.open...)
	}
	if len(open) == 0 {
		return ""
	}
	slices.Sort(open)
	var names []string
	for _, share := range slices.Compact(open) {
		names = append(names, words.P(share))
	}
	return " With so few replications " + words.And(names) + " may have a bound on one side only."
}
