package contract

import (
	"errors"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/located"
)

// paysFor reports whether a metric pays for the children of a commissioner.
func (m *Metric) paysFor(commissioner string) bool {
	return len(m.Commissioners) == 0 || slices.Contains(m.Commissioners, commissioner)
}

// checkChildren reports metrics that do not say properly whose children they
// pay for. What a life earns under a metric is counted for those alone.
func checkChildren(metrics []Metric, s *Shape) error {
	var faults []error
	for _, m := range metrics {
		at := "metrics." + m.Name
		for _, name := range m.Commissioners {
			faults = append(faults, known(at+".commissioners", "commissioner", name, s.Commissioners))
		}
		if !m.Ages.valid() {
			faults = append(faults, located.At(at+".ages", "from %v to %v: they must be 0 or more, the first below the second; a second of 0 means no upper limit",
				m.Ages.From, m.Ages.To))
		}
	}
	return errors.Join(faults...)
}

func (a AgeRange) valid() bool {
	number := func(age float64) bool { return age >= 0 && age <= math.MaxFloat64 }
	return number(a.From) && number(a.To) && (a.To == 0 || a.From < a.To)
}
