package warn

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/model"
)

// pausesWithoutEffect warns of pauses in which no cohort that has them would have
// had a referral.
func (v *version) pausesWithoutEffect() {
	var order []model.Pause
	removes, path := map[model.Pause]bool{}, map[model.Pause]string{}
	for _, c := range v.p.Cohorts {
		r := c.Referrals
		for i, pause := range r.Pauses {
			if path[pause] == "" {
				order = append(order, pause)
				path[pause] = fmt.Sprintf("cohorts.%s.referrals.pauses.%d", c.Name, i+1)
			}
			removes[pause] = removes[pause] || r.Children > 0 && pause.From <= r.Last && pause.To > r.First
		}
	}
	weeks := v.p.Calendar()
	for _, pause := range order {
		if !removes[pause] {
			v.warn("pause without effect", path[pause], 0,
				"%s: nobody would have been referred in the pause from %s to %s, so it changes nothing", path[pause],
				weeks.First(pause.From).Long(), weeks.Last(pause.To-1).Long())
		}
	}
}
