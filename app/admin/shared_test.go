package admin_test

import "strconv"

func idOf[T ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }
