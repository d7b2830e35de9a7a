package montecarlo

import "github.com/edgeofcare/edgeofcare/model/contract"

// fillChildren records the children who are referred and who start.
func fillChildren[N contract.Number](s *sheet, c *contract.Counts[N], f *figures) {
	by := func(name string, cells []N, commissioners bool) {
		for k, cohort := range s.shape.Cohorts {
			recordTotal(f, Key{Name: name, Of: cohort}, cells, s.cohort[k], exactly)
		}
		for m, commissioner := range s.shape.Commissioners {
			if commissioners {
				recordTotal(f, Key{Name: name, Of: commissioner}, cells, s.commissioner[m], exactly)
			}
		}
		recordFlow(f, s, Key{Name: name}, cells, s.all, exactly, false)
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
		weeks := s.weeks[arm]
		for i, state := range s.states {
			recordFlow(f, s, Key{Name: livedIn, Of: state, Arm: arm.String()}, c.Weeks, weeks[i], exactly, false)
		}
	}
	for m, name := range s.shape.Metrics {
		recordFlow(f, s, Key{Name: PaidUnits, Of: name, Unit: s.units[m]}, c.Units, s.metric[m], exactly, false)
	}
	if s.oneUnit {
		recordFlow(f, s, Key{Name: PaidUnits, Unit: s.units[0]}, c.Units, s.allMetrics, exactly, false)
	}
}
