# shellcheck shell=bash
# The version that should run is the one that runs, in every process.
check_images() {
  local wanted service url version
  wanted=${SCREENER_VERSION:-$(setting SCREENER_VERSION "$(sed -n 's/.*<Version>\(.*\)<\/Version>.*/\1/p' Directory.Build.props)")}
  [ "$STACK" != compose ] || images_are_there "$wanted"
  for service in $services; do
    while read -r url; do
      version=$(get "$url/health/live" 2>/dev/null | jq -r .version 2>/dev/null) || version=''
      if [ -z "$version" ]; then warn "$service at $url does not tell its version" "see stage 6"
      elif [ "$version" = "$wanted" ]; then ok "$service at $url is $version"
      else bad "$service at $url is $version, wanted is $wanted" "make images && docker compose up -d (make restart), or set SCREENER_VERSION"
      fi
    done < <(urls_of "$service")
  done
}

images_are_there() {
  local service image running
  for service in $services backup; do
    image=cryptoscreener/$service:$1
    docker image inspect "$image" >/dev/null 2>&1 || { bad "the image $image is not on this machine" "make images VERSION=$1, or pull it"; continue; }
    running=$(compose images --format json "$service" 2>/dev/null | jq -r '.[0].ID // empty' 2>/dev/null | sed 's/^sha256://')
    case $(docker image inspect -f '{{.Id}}' "$image") in
      *"${running:-none}"*) ok "$service runs the image that $image is now" ;;
      *) warn "$service runs another image than $image is now" "docker compose up -d $service" ;;
    esac
  done
}
