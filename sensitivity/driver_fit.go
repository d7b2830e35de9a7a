package sensitivity

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// A driver of the package is found for the cases of a file. A variant or an edit on top
// can change what it changes: a tariff of "none" cannot be multiplied. Then the driver of
// the same name that fits the version at hand stands in for it, and where there is none
// it is left out.

// newVersionFitter is a fitter for one version alone.
func newVersionFitter(v *scenario.Version) *fitter {
	f := &fitter{document: v.Document(), cases: []string{""}, first: v.Programme}
	f.all = append(f.all, v.Programme)
	f.put = func(_ string, edits ...scenario.Edit) error {
		_, err := v.With("", edits...)
		return err
	}
	return f
}

// fitted are drivers as they fit a version, and the names of those that do not. A driver
// that is not of this package stays as it is.
func fitted(v *scenario.Version, drivers []Driver) (fitting []Driver, leftOut []string) {
	f := newVersionFitter(v)
	var own [][]Driver // found when a driver does not fit
	for _, driver := range drivers {
		if f.fits(driver.Edits(driver.Neutral)...) {
			fitting = append(fitting, driver)
			continue
		}
		if own == nil {
			own = f.drivers()
		}
		at := slices.IndexFunc(own, func(ways []Driver) bool { return len(ways) > 0 && ways[0].Name == driver.Name })
		if at < 0 {
			fitting = append(fitting, driver)
		} else if way, ok := f.firstThatFits(own[at]); ok {
			fitting = append(fitting, way)
		} else {
			leftOut = append(leftOut, driver.Name)
		}
	}
	return fitting, leftOut
}

// firstThatFits is the first way of a driver in which both ends of its range fit.
func (f *fitter) firstThatFits(ways []Driver) (Driver, bool) {
	for _, driver := range ways {
		if driver.validate() == nil && f.fits(driver.Edits(driver.From)...) && f.fits(driver.Edits(driver.To)...) {
			return driver, true
		}
	}
	return Driver{}, false
}

// ofVersion is a driver of the package as it is found for a version alone: its price is
// that of the version, and the dates that it moves are those that the version has. One
// whose range does not fit is that of the file.
func ofVersion(v *scenario.Version, driver Driver) (Driver, error) {
	f := newVersionFitter(v)
	for _, ways := range f.drivers() {
		if len(ways) > 0 && ways[0].Name == driver.Name {
			if own, ok := f.firstThatFits(ways); ok {
				return own, nil
			}
		}
	}
	return oneFitted(v, driver)
}

// oneFitted is a driver that was asked for by name, as it fits a version.
func oneFitted(v *scenario.Version, driver Driver) (Driver, error) {
	fitting, _ := fitted(v, []Driver{driver})
	if len(fitting) == 0 {
		return driver, fmt.Errorf("the driver %q fits the file and not what was put on the case: %v", driver.Name, newVersionFitter(v).fault(driver.Edits(driver.Neutral)...))
	}
	return fitting[0], nil
}
