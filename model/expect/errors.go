package expect

import (
	"fmt"
	"strings"
)

// TriggerError says that a metric's trigger has no exact expectation: package
// contract can count it, and this package does not know its law.
type TriggerError struct {
	Metric string // name of the metric
	Kind   string // name of the trigger, as in a programme file
}

func (e *TriggerError) Error() string {
	return fmt.Sprintf("metrics.%s.trigger: %q has no exact expectation: only simulation can count it", e.Metric, e.Kind)
}

// CohortError says that a programme has no cohort of a name.
type CohortError struct {
	Given   string   // the name asked for
	Cohorts []string // the names that the programme has
}

func (e *CohortError) Error() string {
	return fmt.Sprintf("%q is no cohort: the cohorts are %s", e.Given, strings.Join(e.Cohorts, ", "))
}

// ArmError says that an arm is neither of the two that there are.
type ArmError struct {
	Given int
}

func (e *ArmError) Error() string {
	return fmt.Sprintf("%d is no arm: it must be contract.Counterfactual or contract.Intervention", e.Given)
}
