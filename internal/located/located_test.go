package located_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/located"
)

func TestError(t *testing.T) {
	require.NoError(t, located.Within("metrics", nil))
	for _, err := range []error{
		located.At("metrics.M1", "%d is too many: at most %d are allowed", 7, 5),
		located.Within("metrics.M1", errors.New("7 is too many: at most 5 are allowed")),
	} {
		require.EqualError(t, err, "metrics.M1: 7 is too many: at most 5 are allowed")
		at, ok := errors.AsType[*located.Error](err)
		require.True(t, ok)
		require.Equal(t, "metrics.M1", at.Path)
	}
}
