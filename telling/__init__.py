"""What the ways in share: a conversation and its turns, and the texts around it. Knows neither HTML nor who asks."""
