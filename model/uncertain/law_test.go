package uncertain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/uncertain"
)

func TestFitKeepsMeanAndRange(t *testing.T) {
	l, err := uncertain.Fit(uncertain.Beta, 0.65, 0.5, 0.8)
	require.NoError(t, err)
	require.InDelta(t, 0.65, l.Mean(), 1e-15)
	require.InDelta(t, 0.90, l.Above(0.5)-l.Above(0.8), 1e-12)
}
