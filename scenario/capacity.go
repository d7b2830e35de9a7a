package scenario

import "github.com/edgeofcare/edgeofcare/model"

// capacity reads the most starts in a quarter.
func (d *decoder) capacity(c cursor) model.Capacity {
	if !c.given() || c.is("none") {
		return model.Capacity{}
	}
	f := c.fields("starts per quarter", "lapse after", "cohorts")
	starts := f.need("starts per quarter", want{"the most children who can start in a quarter", "25"})
	capacity := model.Capacity{
		StartsPerQuarter: starts.count(),
		Lapse:            f.may("lapse after").weeks(),
		Cohorts:          f.may("cohorts").nameList(d.cohorts),
	}
	if starts.sound() && capacity.StartsPerQuarter == 0 {
		starts.fault("nobody could ever start: write 1 or more, or capacity: none if there is no limit")
	}
	return capacity
}
