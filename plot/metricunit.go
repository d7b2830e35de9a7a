package plot

import (
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// unitOf is what a metric counts.
func unitOf(m *contract.Metric) words.Unit {
	if m.Trigger == nil {
		return words.Unit{One: "payable unit", Many: "payable units"}
	}
	return words.Unit(m.Trigger.Definition().Unit)
}
