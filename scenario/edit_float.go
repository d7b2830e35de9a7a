package scenario

import (
	"fmt"
	"math"

	"github.com/shopspring/decimal"
)

// Edits from numbers that a program has worked out. A file holds decimals, so a number is
// written with nine decimals at most: 0.1 + 0.2 is 0.3.

// SetFloat returns an edit that puts a number at a path: SetFloat("unit costs.foster",
// 950). What is no finite number, or is so small that nine decimals leave nothing of it,
// is a fault of the version that the edit is applied to.
func SetFloat(path string, x float64) Edit {
	value, problem := fromFloat(x)
	e := Set(path, value.String())
	return e.withProblem(problem)
}

// TimesFloat returns an edit that multiplies the number at a path, as [Times] does; its
// faults are those of [SetFloat].
func TimesFloat(path string, factor float64) Edit {
	value, problem := fromFloat(factor)
	return Times(path, value).withProblem(problem)
}

// fromFloat is a number as a file holds it, or why there is none.
func fromFloat(x float64) (value decimal.Decimal, problem string) {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return value, fmt.Sprintf("%v is not a number that a file can hold: give a finite one", x)
	case math.Abs(x) >= 1e15:
		return value, fmt.Sprintf("%v is too large: give a number below a thousand million million", x)
	}
	value = decimal.NewFromFloat(x).Round(9)
	if value.IsZero() && x != 0 {
		return value, fmt.Sprintf("%v is 0 with nine decimals, which is what a file holds: give 0, or a larger number", x)
	}
	return value, ""
}

// withProblem is the edit with a fault, if there is one.
func (e Edit) withProblem(problem string) Edit {
	if problem != "" {
		e.faults = []finding{e.at.fault("", "%s", problem)}
	}
	return e
}
