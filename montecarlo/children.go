package montecarlo

import "github.com/edgeofcare/edgeofcare/model/contract"

// fillChildren records the children who are referred and who start.
func fillChildren[N contract.Number](s *sheet, c *contract.Counts[N], f *figures) {
	by := func(name string, cells []N, commissioners bool) {
		for k, cohort := range s.shape.Cohorts {
			add(f, cells, s.cohort[k], 1)
			f.total(Key{Name: name, Of: cohort}, exactly)
		}
		for m, commissioner := range s.shape.Commissioners {
			if commissioners {
				add(f, cells, s.commissioner[m], 1)
				f.total(Key{Name: name, Of: commissioner}, exactly)
			}
		}
		add(f, cells, s.all, 1)
		f.flow(s, Key{Name: name}, exactly, false)
	}
	by(Referred, c.Referred, true)
	by(Started, c.Started, false)
	if s.minimum.Children == 0 {
		return
	}
	early := func(of string, lines []int) float64 {
		sum := 0.0
		for _, line := range lines {
			sum += float64(c.Early[line])
		}
		f.put(Key{Name: ReferredEarly, Of: of}, sum, exactly)
		return sum
	}
	for k, cohort := range s.shape.Cohorts {
		early(cohort, s.cohort[k])
	}
	for m, commissioner := range s.shape.Commissioners {
		early(commissioner, s.commissioner[m])
	}
	f.event(TooFewReferred, "", early("", s.all) < float64(s.minimum.Children))
}

// fillWeeks records the weeks by state and the payable units.
func fillWeeks[N contract.Number](s *sheet, c *contract.Counts[N], f *figures) {
	for _, arm := range contract.Arms() {
		for i, state := range s.states {
			add(f, c.Weeks, s.weeks[arm][i], 1)
			f.flow(s, Key{Name: livedIn, Of: state, Arm: arm.String()}, exactly, false)
		}
	}
	for m, name := range s.shape.Metrics {
		add(f, c.Units, s.metric[m], 1)
		f.flow(s, Key{Name: PaidUnits, Of: name, Unit: s.units[m]}, exactly, false)
	}
	if s.oneUnit {
		add(f, c.Units, s.allMetrics, 1)
		f.flow(s, Key{Name: PaidUnits, Unit: s.units[0]}, exactly, false)
	}
}
