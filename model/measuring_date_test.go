package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// A measuring date whose week is not one of the programme would never count anybody.
func TestMeasuringDateIsInTheProgramme(t *testing.T) {
	p := sound()
	weeks := p.Calendar()
	last := weeks.Last(weeks.Count - 1).Quarter().Last()
	p.Contract.Metrics[0].Ages = contract.AgeRange{}
	p.Contract.Metrics[0].Trigger = &contract.OnDate{Date: last.Quarter().Add(-1).Last()}
	require.NoError(t, p.Validate())
	for _, date := range []calendar.Date{last.Quarter().Add(1).Last(), weeks.First(0).Quarter().Add(-1).Last()} {
		p.Contract.Metrics[0].Trigger = &contract.OnDate{Date: date}
		require.ErrorContains(t, p.Validate(), "metrics."+p.Contract.Metrics[0].Name+".trigger: the week that ends on "+date.String()+" or in the six days before is not one of the programme")
	}
	p.Contract.Metrics[0].Trigger = &contract.OnDate{}
	require.ErrorContains(t, p.Validate(), "date is missing")
}
