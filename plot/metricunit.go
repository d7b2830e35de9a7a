package plot

import (
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// unitOf is what a metric counts.
func unitOf(m *contract.Metric) words.Unit {
	if m.Trigger == nil {
		return words.Unit{One: "payable unit", Many: "payable units"}
	}
	many := m.Trigger.Unit()
	lists, items := 0, 0
	for _, term := range m.Trigger.Terms() {
		if term.EachWeeks != nil {
			lists, items = lists+1, items+len(*term.EachWeeks)
		}
		if term.EachMonths != nil {
			lists, items = lists+1, items+len(*term.EachMonths)
		}
	}
	return words.Unit{One: strings.TrimSuffix(many, "s"), Many: many, PerChild: lists > 0 && items == 1}
}
